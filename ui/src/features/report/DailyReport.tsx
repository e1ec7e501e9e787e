// The daily report of a gate on screen, with the files it can be written to; a supervisor closes the
// day here.
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { ReportFormat, SessionView, SystemStatus } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf } from "../../api/errors";
import { DayField } from "../../components/DayField";
import { ChoiceField, Problem } from "../../components/kit";
import { ScreenKeys } from "../../components/ScreenKeys";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import { decides } from "../../lib/steps";
import { CloseDayDialog } from "./CloseDayDialog";
import { DailyTable } from "./DailyTable";
import { FileButtons, fileKeys } from "./FileButtons";
import classes from "./Report.module.css";

export function DailyReport(props: {
  session: SessionView;
  status: SystemStatus;
  /** Where another report is chosen. */
  picker: ReactNode;
}) {
  const { session, status } = props;
  const { t, language } = useWords();
  const client = useClient();
  const [gate, setGate] = useState(session.gate);
  const [day, setDay] = useState(status.today);
  const report = useQuery({
    queryKey: ["report_daily", gate, day],
    queryFn: () => client.call("report_daily", { gate, day }),
  });
  const write = useMutation({
    mutationFn: (format: ReportFormat) => client.call("report_export", { gate, day, format }),
  });
  const [closing, setClosing] = useState(false);
  const mayClose = decides(session.role) && report.data?.closed === null;
  const closed = report.data?.closed;
  const gates = status.gates.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <div className="screen">
      <div className={`screen-body ${classes.body}`}>
        <header className={classes.head}>
          {props.picker}
          <ChoiceField
            label={t("field.gate")}
            value={gate}
            onChange={setGate}
            options={gates}
            testId="report-gate"
          />
          <DayField
            label={t("field.day")}
            value={day}
            onChange={(next) => next && setDay(next)}
            testId="report-day"
          />
        </header>
        <div className={classes.actions}>
          <div className={classes.title}>
            <h1>{t("report.title")}</h1>
            {report.data && (
              <span className="soft">
                {t("report.madeAt", {
                  time: formatTime(report.data.made_at),
                  by: report.data.made_by,
                })}
              </span>
            )}
            {closed && (
              <span className="tag" data-tone="good" data-testid="report-closed">
                {t("report.closed", {
                  time: formatTime(closed.at),
                  day: formatDay(dayOf(closed.at), language),
                  by: closed.by,
                })}
              </span>
            )}
          </div>
          <FileButtons onWrite={write.mutate} />
        </div>
        {write.data && (
          <p className={classes.saved} role="status" data-testid="report-path">
            {t("report.savedAt", { path: write.data.path })}
          </p>
        )}
        {write.isError && <Problem>{messageOf(write.error)}</Problem>}
        {report.isError && <Problem>{messageOf(report.error)}</Problem>}
        {report.data && <DailyTable report={report.data} />}
      </div>
      {closing && <CloseDayDialog gate={gate} day={day} onClose={() => setClosing(false)} />}
      <ScreenKeys
        keys={[
          {
            key: "F9",
            label: t("keys.closeDay"),
            action: mayClose ? () => setClosing(true) : undefined,
            inBar: decides(session.role),
          },
          ...fileKeys(t, write.mutate),
        ]}
      />
    </div>
  );
}
