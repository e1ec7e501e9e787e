// A report over a period as asked for on the screen.
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import type { PeriodKind, ReportFormat, ReportPlan, ReportRequest } from "../../api/bindings";
import { useClient } from "../../api/client";

export function useReportChoices() {
  const client = useClient();
  return useQuery({
    queryKey: ["report_definitions"],
    queryFn: () => client.call("report_definitions", {}),
  });
}

/** What is asked: a report, its days and gates; a plan where it was put together on the screen. */
export function requestOf(asked: {
  report: string;
  plan: ReportPlan | null;
  period: PeriodKind;
  day: string;
  to: string;
  gate: string;
}): ReportRequest {
  const { report, plan, period, day, to, gate } = asked;
  return {
    report,
    period,
    day,
    gates: gate === "" ? [] : [gate],
    ...(plan === null ? {} : { plan }),
    ...(period === "span" ? { to } : {}),
  };
}

/** The report; the one before stays in sight until it is there. */
export function useReport(request: ReportRequest | null) {
  const client = useClient();
  return useQuery({
    queryKey: ["report_run", request],
    queryFn: () => client.call("report_run", request ?? requestOf(NOTHING)),
    enabled: request !== null,
    placeholderData: keepPreviousData,
    // One that names persons is recorded: it is made again when it is asked for again.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const NOTHING = {
  report: "",
  plan: null,
  period: "day",
  day: "",
  to: "",
  gate: "",
} as const;

export function useReportFile(request: ReportRequest) {
  const client = useClient();
  return useMutation({
    mutationFn: (format: ReportFormat) => client.call("report_file", { report: request, format }),
  });
}
