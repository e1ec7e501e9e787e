// Corrections in the work queue: the second person decides on them, and differences are settled.
import { useEffect, useState } from "react";
import type { CorrectionList, SessionView } from "../api/bindings";
import { useDeclaration } from "../api/queries";
import { ScreenKeys } from "../components/ScreenKeys";
import classes from "../features/corrections/Corrections.module.css";
import { ProposalDetail } from "../features/corrections/ProposalDetail";
import { ProposalList, rowIds } from "../features/corrections/ProposalList";
import { VerdictDialog } from "../features/corrections/VerdictDialog";
import { DeclarationDetail } from "../features/declarations/DeclarationDetail";
import { useSteps } from "../features/steps/use-steps";
import { useWords } from "../i18n";
import { focusSoon } from "../lib/focus";
import { useNow } from "../lib/now";
import { decides } from "../lib/steps";

const FIRST = '[data-board] tr[aria-selected="true"]';

export function CorrectionBoard(props: {
  session: SessionView;
  list: CorrectionList;
  /** To the stage on the left or right. */
  onTurn: (by: 1 | -1) => void;
}) {
  const { t } = useWords();
  const { session, list } = props;
  const now = useNow();
  const [mark, setMark] = useState<string | null>(null);
  const [verdict, setVerdict] = useState<boolean | null>(null);
  const ids = rowIds(list);
  const marked = mark !== null && ids.includes(mark) ? mark : (ids[0] ?? null);
  const proposal = list.pending.find(({ id }) => id === marked);
  const unsettled = list.unsettled.find(({ form }) => form.id === marked);
  const detail = useDeclaration(unsettled?.form.id ?? null).data;
  const steps = useSteps(
    session.role,
    unsettled && detail ? { ...unsettled.form, progress: detail.progress } : null,
  );
  const may = proposal !== undefined && decides(session.role) && !proposal.is_own;
  const approve = may && proposal.preview !== null ? () => setVerdict(true) : undefined;
  const reject = may ? () => setVerdict(false) : undefined;
  // A row that was decided leaves the list and takes the focus with it: the next one gets it.
  useEffect(() => {
    if (marked !== null && verdict === null && !steps.dialog) {
      focusSoon(FIRST);
    }
  }, [marked, verdict, steps.dialog]);
  return (
    <>
      <div className={classes.board} data-board>
        <ProposalList list={list} marked={marked} onMark={setMark} />
        {proposal && <ProposalDetail proposal={proposal} onApprove={approve} onReject={reject} />}
        {unsettled && (
          <DeclarationDetail
            id={unsettled.form.id}
            now={now}
            steps={steps}
            onPrint={undefined}
            onCorrect={undefined}
          />
        )}
      </div>
      {steps.note}
      <ScreenKeys
        keys={[
          ...(proposal
            ? [
                { key: "F9", label: t("keys.approve"), action: approve },
                { key: "F4", label: t("keys.reject"), action: reject },
              ]
            : steps.keys),
          { key: "↑↓", label: t("keys.move") },
          { key: "ArrowLeft", label: t("queue.stages"), action: () => props.onTurn(-1) },
          {
            key: "ArrowRight",
            label: t("queue.stages"),
            action: () => props.onTurn(1),
            inBar: false,
          },
        ]}
      />
      {steps.dialog}
      {proposal && verdict !== null && (
        <VerdictDialog proposal={proposal} approve={verdict} onClose={() => setVerdict(null)} />
      )}
    </>
  );
}
