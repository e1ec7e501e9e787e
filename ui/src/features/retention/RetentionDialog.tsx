// Persons whose data was kept long enough: how many, proposed by one, confirmed by another.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RetentionRunView, RetentionView } from "../../api/bindings";
import { useClient } from "../../api/client";
import { useChanged } from "../../api/queries";
import { DayField } from "../../components/DayField";
import { Button, Dialog } from "../../components/kit";
import { Refusal } from "../../components/Refusal";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Retention.module.css";

export function RetentionDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const client = useClient();
  const changed = useChanged();
  const [before, setBefore] = useState<string | null>(null);
  const day = before ?? "";
  const preview = useQuery({
    queryKey: ["retention_preview", day],
    queryFn: () => client.call("retention_preview", { before: day }),
  });
  const runs = useQuery({
    queryKey: ["retention_list"],
    queryFn: () => client.call("retention_list", {}),
  });
  const propose = useMutation({
    mutationFn: () => client.call("retention_propose", { before: day }),
    onSuccess: () => changed("retention_propose"),
  });
  const decide = useMutation({
    mutationFn: (verdict: { id: string; agree: boolean }) =>
      client.call("retention_decide", verdict),
    onSuccess: () => changed("retention_decide"),
  });
  const waits = runs.data?.some(({ decided }) => decided === null) ?? false;
  const persons = preview.data?.persons ?? 0;
  return (
    <Dialog
      title={t("retention.title")}
      opened
      onClose={onClose}
      closeLabel={t("dialog.close")}
      size="44rem"
    >
      <div className={classes.body} data-testid="retention">
        <p>{t("retention.text")}</p>
        <DayField
          label={t("retention.before")}
          value={before}
          onChange={setBefore}
          testId="retention-before"
        />
        <Refusal
          error={preview.error ?? propose.error ?? decide.error}
          testId="retention-refusal"
        />
        {preview.data && <Preview plan={preview.data} />}
        {persons > 0 && (
          <Button
            kind="danger"
            busy={propose.isPending}
            disabled={waits || preview.isFetching}
            onClick={() => propose.mutate()}
            testId="retention-propose"
          >
            {t(preview.data?.needs_second === false ? "retention.do" : "retention.propose", {
              count: persons,
            })}
          </Button>
        )}
        {runs.data && runs.data.length > 0 && (
          <Runs
            runs={runs.data}
            busy={decide.isPending}
            onDecide={(id, agree) => decide.mutate({ id, agree })}
          />
        )}
      </div>
    </Dialog>
  );
}

function Preview({ plan }: { plan: RetentionView }) {
  const { t, language } = useWords();
  return (
    <section className={classes.preview} data-testid="retention-preview">
      <p>
        <strong>{t("retention.persons", { count: plan.persons })}</strong>{" "}
        {plan.held > 0 && t("retention.held", { count: plan.held })}
      </p>
      <p className="soft">
        {t("retention.rule", {
          customs: formatDay(plan.customs_before, language),
          accounting: formatDay(plan.accounting_before, language),
          basis: plan.basis,
        })}
      </p>
      {plan.years.length > 0 && (
        <table className="sheet">
          <thead>
            <tr>
              <th>{t("retention.year")}</th>
              <th className="number">{t("retention.count")}</th>
            </tr>
          </thead>
          <tbody>
            {plan.years.map(({ year, persons }) => (
              <tr key={year}>
                <td>{year}</td>
                <td className="number">{persons}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Runs(props: {
  runs: RetentionRunView[];
  busy: boolean;
  onDecide: (id: string, agree: boolean) => void;
}) {
  const { t, language } = useWords();
  const when = ({ at, name }: { at: string; name: string }) =>
    `${name}, ${formatTime(at)} ${formatDay(dayOf(at), language)}`;
  const state = (run: RetentionRunView) => {
    if (run.decided === null) {
      return t("retention.waiting");
    }
    return run.done
      ? t("retention.done", { persons: run.persons, records: run.records })
      : t("retention.rejected");
  };
  return (
    <table className="sheet">
      <thead>
        <tr>
          <th>{t("retention.proposed")}</th>
          <th>{t("retention.state")}</th>
          <th>{t("retention.decided")}</th>
        </tr>
      </thead>
      <tbody>
        {props.runs.map((run) => (
          <tr key={run.id} data-testid={`run-${run.id}`}>
            <td>{when(run.proposed)}</td>
            <td>{state(run)}</td>
            <td>
              {run.decided && when(run.decided)}
              {run.decided === null && (
                <span className={classes.verdict}>
                  {run.own ? (
                    <span className="soft">{t("retention.own")}</span>
                  ) : (
                    <Button
                      kind="danger"
                      busy={props.busy}
                      onClick={() => props.onDecide(run.id, true)}
                      testId="retention-confirm"
                    >
                      {t("retention.confirm")}
                    </Button>
                  )}
                  <Button
                    busy={props.busy}
                    onClick={() => props.onDecide(run.id, false)}
                    testId="retention-reject"
                  >
                    {t("retention.reject")}
                  </Button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
