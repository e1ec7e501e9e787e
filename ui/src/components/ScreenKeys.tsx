// The key bar at the foot of a screen: it shows the keys and listens for them, and F1 explains.
import { useState } from "react";
import { useHubKnown } from "../api/queries";
import { useWords } from "../i18n";
import { type HotkeyMap, useHotkeys } from "../lib/keyboard";
import { Dialog } from "./kit";
import classes from "./ScreenKeys.module.css";

/** Opens the window about the office's hub, on every screen. */
export const HUB_KEY = "Alt+M";

/** A key without an action is explained in the help but handled where the focus is. */
export interface ScreenKey {
  key: string;
  label: string;
  action?: () => void;
  inBar?: boolean;
}

export function ScreenKeys({ keys, active = true }: { keys: ScreenKey[]; active?: boolean }) {
  const { t } = useWords();
  const [help, setHelp] = useState(false);
  const hub = useHubKnown();
  const map: HotkeyMap = { F1: () => setHelp(true) };
  for (const { key, action } of keys) {
    if (action) {
      map[key] = action;
    }
  }
  useHotkeys(map, { active });
  return (
    <footer className={classes.bar}>
      <button type="button" tabIndex={-1} className={classes.item} onClick={() => setHelp(true)}>
        <kbd className="key">F1</kbd> {t("keys.help")}
      </button>
      {keys
        .filter(({ inBar }) => inBar !== false)
        .map(({ key, label, action }) => (
          <button
            key={key}
            type="button"
            tabIndex={-1}
            className={classes.item}
            disabled={!action || !active}
            onClick={action}
          >
            <kbd className="key">{key.replace("Escape", "Esc")}</kbd> {label}
          </button>
        ))}
      <Dialog
        title={t("keys.title")}
        opened={help}
        onClose={() => setHelp(false)}
        closeLabel={t("dialog.close")}
      >
        <dl className={classes.help}>
          <dt>
            <kbd className="key">Alt+1</kbd>…<kbd className="key">0</kbd>
          </dt>
          <dd>{t("keys.navigate")}</dd>
          {hub?.joined && (
            <>
              <dt>
                <kbd className="key">{HUB_KEY}</kbd>
              </dt>
              <dd>{t("hub.title")}</dd>
            </>
          )}
          {keys.map(({ key, label }) => (
            <div key={key} className={classes.pair}>
              <dt>
                <kbd className="key">{key.replace("Escape", "Esc")}</kbd>
              </dt>
              <dd>{label}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </footer>
  );
}
