// What is done to a day: a difference settled, a settlement or the close confirmed, the day closed.
import { useState } from "react";
import type { DifferenceView, ReconciliationView, SettleWay } from "../../api/bindings";
import { useCommand } from "../../api/queries";
import { FormDialog } from "../../components/FormDialog";
import { LongField } from "../../components/kit";
import { RadioChoice } from "../../components/RadioChoice";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import classes from "./Reconcile.module.css";
import { recordedWays } from "./use-reconcile";

export function SettleDialog(props: {
  view: ReconciliationView;
  one: DifferenceView;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { one, view } = props;
  const ways = recordedWays(one);
  const [way, setWay] = useState<SettleWay | undefined>(ways[0]?.way);
  const [reason, setReason] = useState("");
  const settle = useCommand("difference_settle");
  return (
    <FormDialog
      title={one.title}
      action={t("reconcile.do.settle")}
      testId="settle"
      busy={settle.isPending}
      error={settle.error}
      disabled={way === undefined || reason.trim() === ""}
      onSubmit={() =>
        way &&
        settle.mutate(
          { gate: view.gate, day: view.day, key: one.key, way, reason: reason.trim() },
          { onSuccess: props.onClose },
        )
      }
      onClose={props.onClose}
    >
      {way && (
        <RadioChoice
          label={t("reconcile.ways")}
          value={way}
          options={ways.map((one) => ({ value: one.way, label: one.label }))}
          onChange={setWay}
          testId="way"
          autoFocus
        />
      )}
      <LongField
        label={t("reconcile.reason")}
        value={reason}
        onChange={setReason}
        rows={2}
        testId="settle-reason"
        required
      />
      {one.needs_second && <p className={classes.pending}>{t("reconcile.needsSecond")}</p>}
    </FormDialog>
  );
}

/** A second person's word on a settlement or a close: yes, or no with a reason. */
function AnswerDialog(props: {
  title: string;
  text: string;
  command: "settlement_answer" | "day_close_answer";
  id: string;
  onDone: (digest: string) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useState("");
  const [confirm, setConfirm] = useState<"yes" | "no">("yes");
  const answer = useCommand(props.command);
  return (
    <FormDialog
      title={props.title}
      action={t(confirm === "yes" ? "reconcile.do.confirm" : "reconcile.do.reject")}
      testId="second"
      busy={answer.isPending}
      error={answer.error}
      disabled={confirm === "no" && reason.trim() === ""}
      onSubmit={() =>
        answer.mutate(
          { id: props.id, confirm: confirm === "yes", reason: reason.trim() },
          { onSuccess: (came) => props.onDone("digest" in came ? came.digest : "") },
        )
      }
      onClose={props.onClose}
    >
      <p>{props.text}</p>
      <RadioChoice
        label={t("reconcile.answer")}
        value={confirm}
        options={[
          { value: "yes", label: t("reconcile.do.confirm") },
          { value: "no", label: t("reconcile.do.reject") },
        ]}
        onChange={setConfirm}
        testId="second-answer"
        autoFocus
      />
      {confirm === "no" && (
        <LongField
          label={t("reconcile.reason")}
          value={reason}
          onChange={setReason}
          rows={2}
          testId="second-reason"
        />
      )}
    </FormDialog>
  );
}

export function SettlementAnswer(props: { one: DifferenceView; onClose: () => void }) {
  const { settlement, title } = props.one;
  const { t } = useWords();
  if (settlement === null) {
    return null;
  }
  return (
    <AnswerDialog
      title={title}
      text={`${settlement.label}: ${settlement.reason} (${t("reconcile.settledBy", {
        name: settlement.settled.name,
        time: "",
      }).trim()})`}
      command="settlement_answer"
      id={settlement.id}
      onDone={props.onClose}
      onClose={props.onClose}
    />
  );
}

/** Closes the day; what stands against it is named before it is asked for. */
export function CloseDialog(props: { view: ReconciliationView; onClose: () => void }) {
  const { t, language } = useWords();
  const { view } = props;
  const close = useCommand("day_close");
  const [digest, setDigest] = useState<string | null>(null);
  const day = formatDay(view.day, language);
  // As it was when the window opened: the day may be read again before its answer is shown.
  const [closing] = useState(view.closing?.own ? null : view.closing);
  if (closing && digest === null) {
    return (
      <AnswerDialog
        title={t("reconcile.closeTitle", { day })}
        text={t("reconcile.closeProposed", { name: closing.proposed.name })}
        command="day_close_answer"
        id={closing.id}
        onDone={(made) => (made === "" ? props.onClose() : setDigest(made))}
        onClose={props.onClose}
      />
    );
  }
  if (digest !== null) {
    return (
      <FormDialog
        title={t("reconcile.closeTitle", { day })}
        action={t("reconcile.do.done")}
        testId="closed"
        busy={false}
        error={null}
        plain
        onSubmit={props.onClose}
        onClose={props.onClose}
      >
        <p>{t(digest === "" ? "reconcile.closeWaits" : "reconcile.closeDone")}</p>
        {digest !== "" && (
          <p>
            SHA-256
            <code className={classes.digest} data-testid="close-digest">
              {digest}
            </code>
          </p>
        )}
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title={t("reconcile.closeTitle", { day })}
      action={t(view.close_needs_second ? "reconcile.do.propose" : "reconcile.do.close")}
      testId="close"
      busy={close.isPending}
      error={close.error}
      plain
      onSubmit={() =>
        close.mutate(
          { gate: view.gate, day: view.day },
          { onSuccess: (came) => setDigest(came.digest) },
        )
      }
      onClose={props.onClose}
    >
      <p>{t("reconcile.closeText")}</p>
      {view.close_needs_second && <p className={classes.pending}>{t("reconcile.closeSecond")}</p>}
      {close.error === null &&
        view.against.map((one) => (
          <ViolationNote key={`${one.code} ${one.message}`} violation={one} />
        ))}
    </FormDialog>
  );
}
