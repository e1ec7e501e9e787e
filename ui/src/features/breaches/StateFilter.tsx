// How many breaches stand where; one state, or the verdicts, can be looked at.
import type { BreachList, BreachState } from "../../api/bindings";
import { useWords } from "../../i18n";
import classes from "./Breaches.module.css";

export type StateChoice = BreachState | "harmless";
const CHOICES: StateChoice[] = ["open", "referred", "upheld", "waived", "harmless"];

/** The choice to the left or right, round at the ends. */
export function neighbour(choice: StateChoice, by: 1 | -1): StateChoice {
  const at = CHOICES.indexOf(choice) + by + CHOICES.length;
  return CHOICES[at % CHOICES.length] ?? "open";
}

export function StateFilter(props: {
  counts: BreachList["counts"];
  choice: StateChoice;
  onChoose: (choice: StateChoice) => void;
}) {
  const { t } = useWords();
  const count = (choice: StateChoice) =>
    props.counts.filter(({ state }) => state === choice).reduce((sum, { count }) => sum + count, 0);
  return (
    <fieldset className={classes.states}>
      {CHOICES.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={props.choice === choice}
          data-testid={`state-${choice}`}
          onClick={() => props.onChoose(choice)}
        >
          {t(`breach.state.${choice}`)} {choice !== "harmless" && <strong>{count(choice)}</strong>}
        </button>
      ))}
    </fieldset>
  );
}
