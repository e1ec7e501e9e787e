// Who the goods go to or come from, where the officer knows it; Enter moves on.
import type { Dispatch, KeyboardEvent } from "react";
import type { Violation } from "../../api/bindings";
import { ChoiceField, TextField } from "../../components/kit";
import { useWords } from "../../i18n";
import type { Counterpart } from "../../lib/draft";
import { isComposing } from "../../lib/keyboard";
import classes from "./Counter.module.css";
import type { DraftAction } from "./use-draft";

const KINDS = ["chinese_id", "border_pass", "passport"] as const;

export function CounterpartRow(props: {
  counterpart: Counterpart;
  vehicle: string;
  violations: Violation[];
  dispatch: Dispatch<DraftAction>;
  onDone: () => void;
}) {
  const { t } = useWords();
  const { counterpart, dispatch } = props;
  const patch = (part: Partial<Counterpart>) => dispatch({ type: "counterpart", patch: part });
  const wrong = (field: string) => {
    const about = props.violations.filter((one) => one.field === field);
    return about.map(({ message }) => message).join(" ") || null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Enter" || isComposing(event)) {
      return;
    }
    event.preventDefault();
    const fields = Array.from(event.currentTarget.querySelectorAll<HTMLElement>("input, select"));
    const next = fields[fields.indexOf(event.target as HTMLElement) + 1];
    if (next) {
      next.focus();
    } else {
      props.onDone();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key belongs to the fields inside
    <div className={classes.counterpart} onKeyDown={onKeyDown} data-testid="counterpart-row">
      <TextField
        label={t("counterpart.name")}
        value={counterpart.name}
        onChange={(name) => patch({ name })}
        error={wrong("counterpart.name")}
        testId="counterpart-name"
      />
      <ChoiceField
        label={t("counterpart.kind")}
        value={counterpart.kind}
        onChange={(kind) => patch({ kind })}
        options={KINDS.map((kind) => ({ value: kind, label: t(`paper.${kind}`) }))}
        testId="counterpart-kind"
      />
      <TextField
        label={t("counterpart.number")}
        value={counterpart.number}
        onChange={(number) => patch({ number })}
        error={wrong("counterpart.number")}
        testId="counterpart-number"
      />
      <TextField
        label={t("counterpart.vehicle")}
        value={props.vehicle}
        onChange={(plate) => dispatch({ type: "vehicle", plate })}
        error={wrong("vehicle")}
        testId="counterpart-vehicle"
      />
    </div>
  );
}
