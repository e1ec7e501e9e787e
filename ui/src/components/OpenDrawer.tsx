// Opening a cash session: the money for change, and one key.
import { useState } from "react";
import { messageOf } from "../api/errors";
import { useCommand } from "../api/queries";
import { useWords } from "../i18n";
import { parseDecimal } from "../lib/decimal";
import { useHotkeys } from "../lib/keyboard";
import { Button, Problem, TextField } from "./kit";

/** Stands inside another window, where a payment waits for the drawer. */
export function OpenDrawer({ onOpened }: { onOpened: () => void }) {
  const { t } = useWords();
  const [float, setFloat] = useState("0");
  const open = useCommand("cash_open");
  const float_vnd = parseDecimal(float, { whole: true });
  const start = () => {
    if (float_vnd !== null && !open.isPending) {
      open.mutate({ float_vnd }, { onSuccess: onOpened });
    }
  };
  useHotkeys({ F2: start }, { within: true });
  return (
    <div style={{ display: "grid", gap: 8 }} data-testid="open-drawer">
      <TextField
        label={t("cash.float")}
        hint={t("cash.floatHint")}
        value={float}
        onChange={setFloat}
        error={float_vnd === null ? t("cash.badCount") : null}
        testId="drawer-float"
      />
      <Button onClick={start} hotkey="F2" busy={open.isPending} testId="drawer-open">
        {t("cash.do.open")}
      </Button>
      {open.isError && <Problem>{messageOf(open.error)}</Problem>}
    </div>
  );
}
