// A report over a period: which days and gates, how it is put together, its figures and files.
import { type ReactNode, useState } from "react";
import type {
  PeriodKind,
  ReportChoices,
  ReportPlan,
  SessionView,
  SystemStatus,
} from "../../api/bindings";
import { messageOf, violationsOf } from "../../api/errors";
import { DayField } from "../../components/DayField";
import { Button, ChoiceField, Problem } from "../../components/kit";
import { ScreenKeys } from "../../components/ScreenKeys";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { FileButtons, fileKeys } from "./FileButtons";
import { PlanDialog } from "./PlanDialog";
import classes from "./Report.module.css";
import { ReportSheet } from "./ReportSheet";
import { requestOf, useReport, useReportFile } from "./use-report";

export function PeriodReport(props: {
  session: SessionView;
  status: SystemStatus;
  choices: ReportChoices;
  /** Word of a ready report, or id of a kept one. */
  report: string;
  onChoose: (report: string) => void;
  picker: ReactNode;
}) {
  const { t } = useWords();
  const { choices, report, session, status } = props;
  const kept = choices.kept.find(({ id }) => id === report) ?? null;
  const ready = choices.ready.find(({ name }) => name === report);
  const own = kept?.plan ?? ready?.plan ?? null;
  const [plan, setPlan] = useState<ReportPlan | null>(null);
  const [period, setPeriod] = useState<PeriodKind>(own?.period ?? "month");
  const [day, setDay] = useState(status.today);
  const [to, setTo] = useState(status.today);
  const [gate, setGate] = useState(session.gate);
  const [editing, setEditing] = useState(false);
  const request = requestOf({ report, plan, period, day, to, gate });
  const made = useReport(own === null ? null : request);
  const write = useReportFile(request);
  const gates = [
    { value: "", label: t("report.allGates") },
    ...status.gates.map(({ code, name }) => ({ value: code, label: name })),
  ];
  const edit = own === null ? undefined : () => setEditing(true);
  return (
    <div className="screen">
      <div className={`screen-body ${classes.body}`}>
        <header className={classes.head}>
          {props.picker}
          <ChoiceField
            label={t("report.period")}
            value={period}
            onChange={(word) => setPeriod(word as PeriodKind)}
            options={choices.periods.map(({ word, title }) => ({ value: word, label: title }))}
            testId="report-period"
          />
          <DayField
            label={t(period === "span" ? "report.from" : "field.day")}
            value={day}
            onChange={(next) => next && setDay(next)}
            testId="report-day"
          />
          {period === "span" && (
            <DayField
              label={t("report.to")}
              value={to}
              onChange={(next) => next && setTo(next)}
              testId="report-to"
            />
          )}
          <ChoiceField
            label={t("field.gate")}
            value={gate}
            onChange={setGate}
            options={gates}
            testId="report-gate"
          />
        </header>
        <div className={classes.actions}>
          <h1 className={classes.title}>
            {made.data?.table.title}{" "}
            {plan !== null && <span className="tag">{t("report.changed")}</span>}
          </h1>
          <Button onClick={edit} disabled={!edit} hotkey="F2" testId="report-edit">
            {t("report.edit")}
          </Button>
          <FileButtons onWrite={write.mutate} />
        </div>
        {write.data && (
          <p className={classes.saved} role="status" data-testid="report-path">
            {t("report.savedAt", { path: write.data.path })}
          </p>
        )}
        {write.isError && <Problem>{messageOf(write.error)}</Problem>}
        {made.isError && (
          <Problem testId="report-problem">
            {messageOf(made.error)}
            {violationsOf(made.error).map((one) => (
              <ViolationNote key={`${one.code} ${one.field} ${one.message}`} violation={one} />
            ))}
          </Problem>
        )}
        {made.data && !made.isError && <ReportSheet table={made.data.table} />}
      </div>
      {editing && own !== null && (
        <PlanDialog
          choices={choices}
          plan={plan ?? own}
          kept={kept}
          onShow={(next) => {
            setPlan(next);
            setEditing(false);
          }}
          onKept={({ id }) => {
            setPlan(null);
            setEditing(false);
            props.onChoose(id);
          }}
          onWithdrawn={() => {
            setEditing(false);
            props.onChoose("daily");
          }}
          onClose={() => setEditing(false)}
        />
      )}
      <ScreenKeys
        keys={[
          { key: "F2", label: t("keys.editReport"), action: edit },
          ...fileKeys(t, write.mutate),
        ]}
      />
    </div>
  );
}
