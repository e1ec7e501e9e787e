// Reports: a gate's day, or a period by what a report tells apart.
import { useState } from "react";
import type { SessionView, SystemStatus } from "../api/bindings";
import { ChoiceField } from "../components/kit";
import { DailyReport } from "../features/report/DailyReport";
import { PeriodReport } from "../features/report/PeriodReport";
import { useReportChoices } from "../features/report/use-report";
import { useWords } from "../i18n";

const DAILY = "daily";

export function ReportScreen({ session, status }: { session: SessionView; status: SystemStatus }) {
  const { t } = useWords();
  const [report, setReport] = useState(DAILY);
  const choices = useReportChoices().data;
  const ready = choices?.ready.map(({ name, title }) => ({ value: name, label: title })) ?? [];
  const kept = choices?.kept.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const picker = (
    <ChoiceField
      label={t("report.which")}
      value={report}
      onChange={setReport}
      options={[{ value: DAILY, label: t("report.title") }, ...ready, ...kept]}
      testId="report-which"
    />
  );
  if (report === DAILY || choices === undefined) {
    return <DailyReport session={session} status={status} picker={picker} />;
  }
  return (
    <PeriodReport
      key={report}
      session={session}
      status={status}
      choices={choices}
      report={report}
      onChoose={setReport}
      picker={picker}
    />
  );
}
