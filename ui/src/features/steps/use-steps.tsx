// The next step of the form in hand: its keys, its dialog, and what came of it. Screens share it.
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { ProgressView, Role, Step } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf, violationsOf } from "../../api/errors";
import { useChanged } from "../../api/queries";
import type { ScreenKey } from "../../components/ScreenKeys";
import { useWords } from "../../i18n";
import { isPositive } from "../../lib/decimal";
import {
  EMPTY_STEP,
  nextStep,
  openLine,
  otherSteps,
  type StepDraft,
  type StepKind,
  takesSteps,
  toStep,
} from "../../lib/steps";
import { StepDialog } from "./StepDialog";
import { StepNote } from "./StepNote";

/** A form as far as its steps need it. */
export interface StepForm {
  id: string;
  number: string;
  person_name: string;
  goods: string;
  total_due_vnd: string;
  progress: ProgressView;
}

const OTHER_KEYS: Partial<Record<StepKind, string>> = {
  certify: "F3",
  order_inspection: "F4",
  extend_inspection: "F4",
  refund: "F10",
};

export interface Steps {
  /** What the form waits for, when this account may do it. */
  next: StepKind | null;
  others: StepKind[];
  /** The key a step has on this screen. */
  keyOf: (kind: StepKind) => string | undefined;
  take: (kind: StepKind) => void;
  busy: boolean;
  keys: ScreenKey[];
  dialog: ReactNode;
  /** What the last step came to, in words, and on which form. */
  note: ReactNode;
  notedOn: string | null;
}

export function useSteps(role: Role, form: StepForm | null, nextKey = "F9"): Steps {
  const { t } = useWords();
  const client = useClient();
  const changed = useChanged();
  const [open, setOpen] = useState<{ kind: StepKind; form: StepForm } | null>(null);
  // By form and step: a dialog left with Esc has what was typed when it is opened again.
  const [drafts, setDrafts] = useState<Record<string, StepDraft>>({});
  const readAgain = () => changed("declaration_step");
  const take = useMutation({
    mutationFn: (asked: { form: StepForm; step: Step }) =>
      client.call("declaration_step", { id: asked.form.id, step: asked.step }),
    onSuccess: async (_, asked) => {
      // What is on the screen is read again before the next key: it must not repeat this step.
      await readAgain();
      setOpen(null);
      setDrafts(({ [draftKey(asked.form.id, asked.step.step)]: _taken, ...rest }) => rest);
    },
    // A refusal may mean that somebody else was faster.
    onError: readAgain,
  });
  const allowed = form !== null && takesSteps(role);
  const next = allowed ? nextStep(form.progress) : null;
  const others = allowed ? otherSteps(form.progress, role) : [];
  const start = (kind: StepKind) => {
    if (form === null || take.isPending) {
      return;
    }
    take.reset();
    if (kind === "release" && !isPositive(form.total_due_vnd)) {
      take.mutate({ form, step: { step: "release" } });
    } else {
      setOpen({ kind, form });
    }
  };
  const key = open && draftKey(open.form.id, open.kind);
  const draft = (key && drafts[key]) || EMPTY_STEP;
  return {
    next,
    others,
    keyOf: (kind) => (kind === next ? nextKey : OTHER_KEYS[kind]),
    take: start,
    busy: take.isPending,
    keys: [
      {
        key: nextKey,
        label: next ? t(`steps.do.${next}`) : t("steps.next"),
        action: next ? () => start(next) : undefined,
        inBar: next !== null,
      },
      ...others.map((kind) => ({
        key: OTHER_KEYS[kind] ?? "",
        label: t(`steps.do.${kind}`),
        action: () => start(kind),
      })),
    ],
    note: open === null && (
      <StepNote asked={take.variables} error={take.error} done={take.isSuccess} />
    ),
    notedOn: take.variables?.form.id ?? null,
    dialog: open && key && (
      <StepDialog
        kind={open.kind}
        form={open.form}
        line={openLine(open.form.progress)}
        role={role}
        draft={draft}
        onDraft={(change) => {
          setDrafts((all) => ({ ...all, [key]: { ...draft, ...change } }));
          // What was refused is being put right.
          take.reset();
        }}
        busy={take.isPending}
        refusal={
          take.isError
            ? { message: messageOf(take.error), violations: violationsOf(take.error) }
            : null
        }
        onSubmit={() =>
          take.mutate({
            form: open.form,
            step: toStep(open.kind, draft, openLine(open.form.progress), open.form.progress),
          })
        }
        onClose={() => {
          setOpen(null);
          take.reset();
        }}
      />
    ),
  };
}

/** Certificate and waiver are typed in one dialog. */
function draftKey(id: string, kind: StepKind): string {
  return `${id} ${kind === "waive" ? "certify" : kind}`;
}
