// One proposed correction: what it would change and why, and the second person's word on it.
import type { ProposalView } from "../../api/bindings";
import { Button } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import classes from "./Corrections.module.css";
import { SumsTable } from "./SumsTable";

export function ProposalDetail(props: {
  proposal: ProposalView;
  /** Absent where this account may not decide. */
  onApprove: (() => void) | undefined;
  onReject: (() => void) | undefined;
}) {
  const { t } = useWords();
  const { proposal } = props;
  const { preview } = proposal;
  return (
    <aside className={`panel ${classes.detail}`} data-testid="proposal-detail">
      <h1>{proposal.form.number}</h1>
      <p>
        <strong>{t(`correct.do_${proposal.kind}`)}</strong>
        <br />
        {t("field.reason")}: {proposal.reason}
      </p>
      <p className="soft">{proposal.form.goods}</p>
      {preview ? <SumsTable preview={preview} /> : <p>{t("board.goneForm")}</p>}
      {preview?.violations.map((one) => (
        <ViolationNote key={one.code + one.field} violation={one} />
      ))}
      {proposal.is_own && <p className={classes.second}>{t("board.own")}</p>}
      <div className={classes.buttons}>
        <Button hotkey="F4" wide onClick={props.onReject} disabled={!props.onReject}>
          {t("keys.reject")}
        </Button>
        <Button
          hotkey="F9"
          kind="primary"
          wide
          onClick={props.onApprove}
          disabled={!props.onApprove}
          testId="approve"
        >
          {t("keys.approve")}
        </Button>
      </div>
    </aside>
  );
}
