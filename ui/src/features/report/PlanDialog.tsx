// What a report asks for: put together here, looked at at once, kept under a name by the branch.
import { type FormEvent, useState } from "react";
import type {
  Dimension,
  Direction,
  KeptReport,
  Measure,
  ReportChoices,
  ReportPlan,
} from "../../api/bindings";
import { messageOf, violationsOf } from "../../api/errors";
import { useCommand } from "../../api/queries";
import { Button, CheckField, ChoiceField, Dialog, Problem, TextField } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { useHotkeys } from "../../lib/keyboard";
import classes from "./Report.module.css";

/** Most things a report is told apart by. */
const DEPTH = 5;

const listed = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((part) => part.trim().toUpperCase())
    .filter(Boolean);

export function PlanDialog(props: {
  choices: ReportChoices;
  plan: ReportPlan;
  /** The report that is changed, where the branch keeps it. */
  kept: KeptReport | null;
  onShow: (plan: ReportPlan) => void;
  onKept: (kept: KeptReport) => void;
  onWithdrawn: () => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { choices } = props;
  const [plan, setPlan] = useState(props.plan);
  const [name, setName] = useState(props.kept?.name ?? "");
  const [prefixes, setPrefixes] = useState(props.plan.filter.hs.join(" "));
  const [countries, setCountries] = useState(props.plan.filter.countries.join(" "));
  const keep = useCommand("report_save_definition");
  const withdraw = useCommand("report_withdraw");
  const set = (change: Partial<ReportPlan>) => setPlan({ ...plan, ...change });
  const whole: ReportPlan = {
    ...plan,
    sections: Math.min(plan.sections, plan.grouping.length),
    filter: { ...plan.filter, hs: listed(prefixes), countries: listed(countries) },
  };
  const save = () => {
    if (choices.may_keep && !keep.isPending) {
      const id = props.kept?.id;
      const ask = id === undefined ? { name, plan: whole } : { id, name, plan: whole };
      keep.mutate(ask, { onSuccess: props.onKept });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onShow(whole);
  };
  useHotkeys({ F9: save }, { within: true });
  const options = (all: { word: string; title: string }[]) =>
    all.map(({ word, title }) => ({ value: word, label: title }));
  const group = (at: number, word: string) => {
    const rest = plan.grouping.filter((_, nth) => nth !== at);
    const picked = word === "" ? [] : [word as Dimension];
    set({ grouping: [...rest.slice(0, at), ...picked, ...rest.slice(at)] });
  };
  const toggle = (measure: Measure, on: boolean) => {
    const order = choices.measures.map(({ word }) => word);
    const columns = plan.columns.filter((one) => one !== measure);
    const all = on ? [...columns, measure] : columns;
    set({ columns: all.sort((one, other) => order.indexOf(one) - order.indexOf(other)) });
  };
  const problem = keep.error ?? withdraw.error;
  return (
    <Dialog
      title={t("report.plan")}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size="56rem"
    >
      <form className={classes.plan} onSubmit={submit} data-testid="report-plan">
        <div className={classes.fields}>
          <ChoiceField
            label={t("report.basis")}
            value={plan.basis}
            onChange={(basis) => set({ basis: basis as ReportPlan["basis"] })}
            options={options(choices.bases)}
            testId="plan-basis"
            autoFocus
          />
          <ChoiceField
            label={t("report.sections")}
            value={String(plan.sections)}
            onChange={(sections) => set({ sections: Number(sections) })}
            options={["0", "1", "2", "3"].map((value) => ({ value, label: value }))}
            testId="plan-sections"
          />
        </div>
        <fieldset className={classes.group}>
          <legend>{t("report.grouping")}</legend>
          {Array.from({ length: Math.min(plan.grouping.length + 1, DEPTH) }, (_, at) => (
            <ChoiceField
              key={at}
              label=""
              spoken={t("report.groupingAt", { at: at + 1 })}
              value={plan.grouping[at] ?? ""}
              onChange={(word) => group(at, word)}
              options={[{ value: "", label: "—" }, ...options(choices.dimensions)]}
              testId={`plan-grouping-${at}`}
            />
          ))}
        </fieldset>
        <fieldset className={classes.columns}>
          <legend>{t("report.columns")}</legend>
          {choices.measures.map(({ word, title }) => (
            <CheckField
              key={word}
              label={title}
              checked={plan.columns.includes(word)}
              onChange={(on) => toggle(word, on)}
              testId={`plan-column-${word}`}
            />
          ))}
        </fieldset>
        <div className={classes.fields}>
          <ChoiceField
            label={t("field.direction")}
            value={plan.filter.direction ?? ""}
            onChange={(word) => {
              const { direction: _, ...rest } = plan.filter;
              const direction = word as Direction;
              set({ filter: word === "" ? rest : { ...rest, direction } });
            }}
            options={[
              { value: "", label: t("report.both") },
              { value: "import", label: t("direction.import") },
              { value: "export", label: t("direction.export") },
            ]}
            testId="plan-direction"
          />
          <ChoiceField
            label={t("report.group")}
            value={plan.filter.groups[0] ?? ""}
            onChange={(word) =>
              set({ filter: { ...plan.filter, groups: word === "" ? [] : [word] } })
            }
            options={[{ value: "", label: t("report.allGroups") }, ...options(choices.groups)]}
            testId="plan-group"
          />
          <TextField
            label={t("report.hs")}
            value={prefixes}
            onChange={setPrefixes}
            placeholder="07 0805"
            testId="plan-hs"
          />
          <TextField
            label={t("report.countries")}
            value={countries}
            onChange={setCountries}
            placeholder="CN"
            testId="plan-countries"
          />
          <ChoiceField
            label={t("report.sort")}
            value={plan.sort?.by ?? ""}
            onChange={(word) => {
              const { sort: _, ...rest } = plan;
              const by = word as Measure;
              setPlan(word === "" ? rest : { ...rest, sort: { by, descending: true } });
            }}
            options={[
              { value: "", label: t("report.sortByKey") },
              ...options(choices.measures.filter(({ word }) => plan.columns.includes(word))),
            ]}
            testId="plan-sort"
          />
          <CheckField
            label={t("report.cumulative")}
            checked={plan.cumulative}
            onChange={(cumulative) => set({ cumulative })}
            testId="plan-cumulative"
          />
        </div>
        {choices.may_keep && (
          <TextField
            label={t("report.name")}
            value={name}
            onChange={setName}
            hint={t("report.nameHint")}
            testId="plan-name"
          />
        )}
        {problem && (
          <Problem testId="plan-problem">
            {messageOf(problem)}
            {violationsOf(problem).map((one) => (
              <ViolationNote key={`${one.code} ${one.field} ${one.message}`} violation={one} />
            ))}
          </Problem>
        )}
        <div className={classes.buttons}>
          {choices.may_keep && props.kept && (
            <Button
              kind="danger"
              busy={withdraw.isPending}
              onClick={() =>
                withdraw.mutate({ id: props.kept?.id ?? "" }, { onSuccess: props.onWithdrawn })
              }
              testId="plan-withdraw"
            >
              {t("report.withdraw")}
            </Button>
          )}
          {choices.may_keep && (
            <Button hotkey="F9" busy={keep.isPending} onClick={save} testId="plan-keep">
              {t("report.keep")}
            </Button>
          )}
          <Button submit kind="primary" hotkey="Enter" testId="plan-show">
            {t("report.show")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
