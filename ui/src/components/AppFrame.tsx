// Frame of every screen: what can be opened, where one is, who is on duty, language, theme, lock.
import type { ReactNode } from "react";
import type { CommandName, SessionView } from "../api/bindings";
import { useWords } from "../i18n";
import { type HotkeyMap, useHotkeys } from "../lib/keyboard";
import classes from "./AppFrame.module.css";
import { LanguageChoice, SchemeButton } from "./Preferences";

interface Screen {
  name: string;
  /** The digit or letter that opens it, with Alt. */
  key: string;
  /** It is there for those who may give this command. */
  asks: CommandName;
}

export const SCREENS = [
  { name: "today", key: "H", asks: "overview" },
  { name: "counter", key: "1", asks: "declaration_register" },
  { name: "list", key: "2", asks: "declaration_list" },
  { name: "residents", key: "3", asks: "person_view" },
  { name: "report", key: "4", asks: "report_daily" },
  { name: "queue", key: "5", asks: "declaration_queue" },
  { name: "breaches", key: "V", asks: "breach_list" },
  { name: "reconcile", key: "D", asks: "reconciliation_view" },
  { name: "gathering", key: "6", asks: "gathering_list" },
  { name: "vehicles", key: "7", asks: "vehicle_find" },
  { name: "cash", key: "8", asks: "cash_desk" },
  { name: "law", key: "9", asks: "law_kinds" },
  { name: "accounts", key: "0", asks: "account_list" },
  { name: "audit", key: "N", asks: "anchor_list" },
] as const satisfies readonly Screen[];
export type ScreenName = (typeof SCREENS)[number]["name"];

/** The screens a session may use, in the order they are shown. */
export const screensOf = ({ commands }: SessionView) =>
  SCREENS.filter(({ asks }) => commands.includes(asks));

export function AppFrame(props: {
  session: SessionView;
  screen: ScreenName | undefined;
  onNavigate: (screen: ScreenName) => void;
  onPassword: () => void;
  onLock: () => void;
  onSignOut: () => void;
  /** How the station stands with others, on the bar. */
  state?: ReactNode;
  /** What must not be overlooked on any screen. */
  notice?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useWords();
  const { session, onNavigate } = props;
  const screens = screensOf(session);
  const keys: HotkeyMap = {};
  for (const { name, key } of screens) {
    keys[`Alt+${key}`] = () => onNavigate(name);
  }
  useHotkeys(keys);
  return (
    <div className={classes.frame}>
      <header className={classes.bar}>
        <span className={classes.mark}>{t("app.name")}</span>
        <span className={classes.place} title={`${session.gate_name} · ${session.workstation}`}>
          <strong>{session.gate_name}</strong> · {session.workstation}
        </span>
        {props.state}
        <span className={classes.who}>
          {session.display_name} · {t(`roles.${session.role}`)}
        </span>
        <LanguageChoice />
        <SchemeButton />
        <button
          type="button"
          className={classes.action}
          data-testid="own-password"
          onClick={props.onPassword}
        >
          {t("frame.password")}
        </button>
        <button type="button" className={classes.action} data-testid="lock" onClick={props.onLock}>
          {t("frame.lock")}
        </button>
        <button type="button" className={classes.action} onClick={props.onSignOut}>
          {t("frame.signOut")}
        </button>
      </header>
      {props.notice}
      <div className={classes.body}>
        <nav className={classes.nav}>
          {screens.map(({ name, key }) => (
            <button
              key={name}
              type="button"
              className={classes.tab}
              aria-current={props.screen === name ? "page" : undefined}
              aria-keyshortcuts={`Alt+${key}`}
              data-testid={`nav-${name}`}
              title={`Alt+${key} · ${t(`nav.${name}`)}`}
              onClick={() => onNavigate(name)}
            >
              <kbd className="key">{key}</kbd>
              <span>{t(`nav.${name}`)}</span>
            </button>
          ))}
        </nav>
        <main className={classes.main}>{props.children}</main>
      </div>
    </div>
  );
}
