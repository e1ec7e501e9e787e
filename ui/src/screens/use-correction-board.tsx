// Corrections in the work queue: the second person decides on them, and differences are settled.
import { type ReactNode, useEffect, useState } from "react";
import type { CorrectionList, SessionView } from "../api/bindings";
import { useDeclaration } from "../api/queries";
import type { ScreenKey } from "../components/ScreenKeys";
import classes from "../features/corrections/Corrections.module.css";
import { ProposalDetail } from "../features/corrections/ProposalDetail";
import { ProposalList, rowIds } from "../features/corrections/ProposalList";
import { VerdictDialog } from "../features/corrections/VerdictDialog";
import { DeclarationDetail } from "../features/declarations/DeclarationDetail";
import { useSteps } from "../features/steps/use-steps";
import { useWords } from "../i18n";
import { focusSoon } from "../lib/focus";
import { useHeld } from "../lib/held";
import { useNow } from "../lib/now";
import { decides } from "../lib/steps";

const FIRST = '[data-board] tr[aria-selected="true"]';

const NOTHING: CorrectionList = { pending: [], unsettled: [] };

interface Board {
  body: ReactNode;
  keys: ScreenKey[];
  windows: ReactNode;
}

/** The board over `list`; null while another part of the queue is looked at. */
export function useCorrectionBoard(session: SessionView, shown: CorrectionList | null): Board {
  const { t } = useWords();
  const now = useNow();
  const list = shown ?? NOTHING;
  const [mark, setMark] = useState<string | null>(null);
  const [verdict, setVerdict] = useState<boolean | null>(null);
  const ids = rowIds(list);
  const marked = mark !== null && ids.includes(mark) ? mark : (ids[0] ?? null);
  const proposal = list.pending.find(({ id }) => id === marked);
  const asked = useHeld(verdict !== null, proposal);
  const unsettled = list.unsettled.find(({ form }) => form.id === marked);
  const detail = useDeclaration(unsettled?.form.id ?? null).data;
  const steps = useSteps(
    session.role,
    unsettled && detail ? { ...unsettled.form, progress: detail.progress } : null,
  );
  const may = proposal !== undefined && decides(session.role) && !proposal.is_own;
  const approve = may && proposal.preview !== null ? () => setVerdict(true) : undefined;
  const reject = may ? () => setVerdict(false) : undefined;
  const covered = verdict !== null || steps.dialog !== null;
  // A row that was decided leaves the list and takes the focus with it: the next one gets it.
  useEffect(() => {
    if (marked !== null && !covered) {
      focusSoon(FIRST);
    }
  }, [marked, covered]);
  return {
    body: (
      <>
        {steps.note}
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
      </>
    ),
    keys: proposal
      ? [
          { key: "F9", label: t("keys.approve"), action: approve },
          { key: "F4", label: t("keys.reject"), action: reject },
        ]
      : steps.keys,
    windows: (
      <>
        {steps.dialog}
        {asked && verdict !== null && (
          <VerdictDialog proposal={asked} approve={verdict} onClose={() => setVerdict(null)} />
        )}
      </>
    ),
  };
}
