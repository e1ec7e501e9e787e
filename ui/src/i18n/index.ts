// Words of the screens. Vietnamese is the source; English and Chinese have the same keys.
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Language } from "../api/bindings";
import en from "./en.json";
import vi from "./vi.json";
import zh from "./zh.json";

export const LANGUAGES: { code: Language; name: string }[] = [
  { code: "vi", name: "Tiếng Việt" },
  { code: "en", name: "English" },
  { code: "zh", name: "中文" },
];

const STORED = "bienmau.language";

function storedLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  return LANGUAGES.find(({ code }) => code === stored)?.code ?? "vi";
}

/** Starts the dictionary in the language chosen last, Vietnamese at first. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: storedLanguage(),
    fallbackLng: "vi",
    resources: {
      vi: { translation: vi },
      en: { translation: en },
      zh: { translation: zh },
    },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = currentLanguage();
}

export function currentLanguage(): Language {
  return LANGUAGES.find(({ code }) => code === i18next.language)?.code ?? "vi";
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Words and the language they are in; a component that calls this follows a change. */
export function useWords() {
  const { t } = useTranslation();
  return { t, language: currentLanguage() };
}
