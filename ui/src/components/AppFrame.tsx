// Top bar of every screen: where one is, who is on duty, language, theme, lock.
import type { ReactNode } from "react";
import type { SessionView } from "../api/bindings";
import { useWords } from "../i18n";
import { useHotkeys } from "../lib/keyboard";
import classes from "./AppFrame.module.css";
import { LanguageChoice, SchemeButton } from "./Preferences";

export const SCREENS = ["counter", "list", "residents", "report", "queue", "cash"] as const;
export type ScreenName = (typeof SCREENS)[number];

export function AppFrame(props: {
  session: SessionView;
  screen: ScreenName;
  onNavigate: (screen: ScreenName) => void;
  onLock: () => void;
  onSignOut: () => void;
  /** What must not be overlooked on any screen. */
  notice?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useWords();
  const { session, onNavigate } = props;
  useHotkeys(
    Object.fromEntries(SCREENS.map((name, at) => [`Alt+${at + 1}`, () => onNavigate(name)])),
  );
  return (
    <div className={classes.frame}>
      <header className={classes.bar}>
        <span className={classes.mark}>{t("app.name")}</span>
        <nav className={classes.nav}>
          {SCREENS.map((screen, index) => (
            <button
              key={screen}
              type="button"
              className={classes.tab}
              aria-current={props.screen === screen ? "page" : undefined}
              aria-keyshortcuts={`Alt+${index + 1}`}
              data-testid={`nav-${screen}`}
              onClick={() => onNavigate(screen)}
            >
              {t(`nav.${screen}`)} <kbd className="key">Alt+{index + 1}</kbd>
            </button>
          ))}
        </nav>
        <span className={classes.who}>
          <strong>{session.gate_name}</strong>
          <span>
            {session.display_name} · {session.workstation}
          </span>
        </span>
        <LanguageChoice />
        <SchemeButton />
        <button type="button" className={classes.action} data-testid="lock" onClick={props.onLock}>
          {t("frame.lock")}
        </button>
        <button type="button" className={classes.action} onClick={props.onSignOut}>
          {t("frame.signOut")}
        </button>
      </header>
      {props.notice}
      <main className={classes.main}>{props.children}</main>
    </div>
  );
}
