// The correction of the form in hand, as the list and the queue share it: its key and its windows.
import { type ReactNode, useState } from "react";
import type { DeclarationRow, Role } from "../api/bindings";
import { useDeclaration } from "../api/queries";
import type { ScreenKey } from "../components/ScreenKeys";
import { CorrectionDialog } from "../features/corrections/CorrectionDialog";
import { useWords } from "../i18n";
import { takesSteps } from "../lib/steps";
import { AmendWindow } from "./AmendWindow";

interface Correcting {
  /** Absent where this account may not correct the form. */
  start: (() => void) | undefined;
  key: ScreenKey;
  /** What the last correction came to. */
  note: ReactNode;
  windows: ReactNode;
}

export function useCorrectionWindows(role: Role, row: DeclarationRow | undefined): Correcting {
  const { t } = useWords();
  const [open, setOpen] = useState<{ row: DeclarationRow; amends: boolean } | null>(null);
  const [made, setMade] = useState<{ number: string; waits: boolean } | null>(null);
  // The goods are asked for only where they are to be amended: every opening is recorded.
  const form = useDeclaration(open?.amends ? open.row.id : null).data;
  const may = row?.status === "registered" && takesSteps(role);
  const start = () => {
    if (row) {
      setMade(null);
      setOpen({ row, amends: false });
    }
  };
  const onMade = (proposal: string | null) => {
    setMade(open && { number: open.row.number, waits: proposal !== null });
    setOpen(null);
  };
  const onClose = () => setOpen(null);
  return {
    start: may ? start : undefined,
    key: { key: "F7", label: t("keys.correct"), action: may ? start : undefined },
    note: made && (
      <p className="tag" data-tone="good" role="status" data-testid="correction-done">
        {t(made.waits ? "correct.proposed" : "correct.done", { number: made.number })}
      </p>
    ),
    windows: open && (
      <>
        {open.amends && form && <AmendWindow form={form} onClose={onClose} onMade={onMade} />}
        {!open.amends && (
          <CorrectionDialog
            form={{ ...open.row, released: open.row.stage === "released" }}
            onClose={onClose}
            onAmend={() => setOpen({ ...open, amends: true })}
            onMade={onMade}
          />
        )}
      </>
    ),
  };
}
