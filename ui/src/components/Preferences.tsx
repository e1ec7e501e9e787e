// Language and theme, on the top bar and on the sign-in page.
import type { Language } from "../api/bindings";
import { chooseLanguage, LANGUAGES, useWords } from "../i18n";
import classes from "./AppFrame.module.css";
import { useScheme } from "./scheme";

/** `plain` draws it for a light ground instead of the dark bar. */
export function LanguageChoice({ plain = false }: { plain?: boolean }) {
  const { t, language } = useWords();
  return (
    <select
      className={`${classes.choice} ${plain ? classes.plain : ""}`}
      aria-label={t("frame.language")}
      value={language}
      onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
    >
      {LANGUAGES.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}

export function SchemeButton({ plain = false }: { plain?: boolean }) {
  const { t } = useWords();
  const { dark, toggle } = useScheme();
  return (
    <button
      type="button"
      className={`${classes.action} ${plain ? classes.plain : ""}`}
      onClick={toggle}
    >
      {dark ? t("frame.toLight") : t("frame.toDark")}
    </button>
  );
}
