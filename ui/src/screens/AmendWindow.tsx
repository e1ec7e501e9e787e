// A registered form's goods in the counter's grid, decided as they are typed, old beside new.
import { useMemo, useReducer, useState } from "react";
import type { DeclarationView } from "../api/bindings";
import { messageOf, violationsOf } from "../api/errors";
import { Dialog } from "../components/kit";
import { AmendSide, OldGoods } from "../features/corrections/AmendSide";
import classes from "../features/corrections/Corrections.module.css";
import { useCorrecting, useCorrectionPreview } from "../features/corrections/use-correction";
import { LineGrid } from "../features/counter/LineGrid";
import { outcomesByLine } from "../features/counter/use-decision";
import { reduceDraft, startDraft } from "../features/counter/use-draft";
import { useWords } from "../i18n";
import { useDebounced } from "../lib/debounce";
import { draftOf, isBlank, missingField, toDraftInput } from "../lib/draft";
import { focusSoon } from "../lib/focus";
import { useHotkeys } from "../lib/keyboard";

const PAUSE_MS = 120;
const FIRST = '[data-amend] [data-testid="quantity-0"]';
const REASON = '[data-testid="amend-reason"]';

export function AmendWindow(props: {
  form: DeclarationView;
  onClose: () => void;
  onMade: (proposal: string | null) => void;
}) {
  const { t } = useWords();
  const { form } = props;
  const [state, dispatch] = useReducer(reduceDraft, form, (form) => ({
    ...startDraft(),
    draft: draftOf(form),
  }));
  const [reason, setReason] = useState("");
  const { draft } = state;
  const typed = useMemo(() => {
    const { input, rows } = toDraftInput(draft, null);
    const { lines, allocation } = input;
    const keys = rows.map((row) => draft.lines[row]?.key ?? "");
    return { ask: { id: form.id, kind: "amend" as const, lines, allocation }, keys };
  }, [draft, form.id]);
  const settled = useDebounced(typed, PAUSE_MS);
  const preview = useCorrectionPreview(settled.ask);
  const correct = useCorrecting(props.onMade);
  const violations = preview.data?.violations ?? violationsOf(preview.error);
  const { byLine, whole } = outcomesByLine(
    { lines: preview.data?.after?.lines ?? [], violations },
    settled.keys,
  );
  const isWhole = draft.lines.every((line) => isBlank(line) || missingField(line) === null);
  const isAsked = settled === typed && !preview.isPlaceholderData;
  const isRefused = violations.some(({ severity }) => severity === "refuse");
  const ready = isWhole && isAsked && !isRefused && !correct.isPending;
  const submit = () => {
    if (reason.trim() === "") {
      focusSoon(REASON);
    } else {
      correct.mutate({ ...typed.ask, reason: reason.trim() });
    }
  };
  useHotkeys(
    {
      ...(ready ? { F9: submit } : {}),
      F6: () => dispatch({ type: "allocation" }),
      "Ctrl+Z": () => dispatch({ type: "undo" }),
    },
    { within: true },
  );
  const problem = correct.isError
    ? [messageOf(correct.error), ...violationsOf(correct.error).map(({ message }) => message)]
    : preview.isError
      ? [messageOf(preview.error)]
      : [];
  return (
    <Dialog
      title={t("correct.amendTitle", { number: form.number })}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size="96vw"
    >
      {/* The window gives it the focus, which goes on to the first figure. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only passes the focus on */}
      <div
        className={classes.amend}
        data-amend
        data-autofocus
        tabIndex={-1}
        onFocus={({ target, currentTarget }) => target === currentTarget && focusSoon(FIRST)}
      >
        <div className={classes.goods}>
          <OldGoods form={form} />
          <h2>{t("correct.goodsNew")}</h2>
          <LineGrid
            state={state}
            person={form.person.id}
            byLine={byLine}
            dispatch={dispatch}
            onFinished={() => focusSoon(REASON)}
          />
        </div>
        <AmendSide
          preview={preview.data}
          violations={whole}
          problem={problem.join(" ") || null}
          reason={reason}
          onReason={setReason}
          busy={correct.isPending}
          onSubmit={ready ? submit : undefined}
          onClose={props.onClose}
        />
      </div>
    </Dialog>
  );
}
