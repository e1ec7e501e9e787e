// Said on every screen while money is late on its way to the State budget.
import type { SessionView } from "../../api/bindings";
import { useCashDesk } from "../../api/queries";
import { useWords } from "../../i18n";
import { takesSteps } from "../../lib/steps";
import classes from "./CashNotice.module.css";

export function CashNotice(props: { session: SessionView; active: boolean; onOpen: () => void }) {
  const { t } = useWords();
  const { session } = props;
  const cash = useCashDesk(session.gate, props.active && takesSteps(session.role));
  const overdue = cash.data?.overdue ?? 0;
  if (overdue === 0 || !props.active) {
    return null;
  }
  return (
    <p className={classes.notice} role="alert" data-testid="cash-notice">
      <strong>{t("cash.late", { count: overdue })}.</strong>{" "}
      <button type="button" onClick={props.onOpen}>
        {t("nav.cash")}
      </button>
    </p>
  );
}
