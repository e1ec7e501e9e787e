// How many forms wait for what; one stage at a time can be looked at.
import type { QueueRow } from "../../api/bindings";
import { useWords } from "../../i18n";
import { WAITING_STAGES, type WaitingStage } from "../../lib/steps";
import classes from "./Queue.module.css";

export type StageChoice = WaitingStage | "all" | "corrections";
const CHOICES: StageChoice[] = ["all", ...WAITING_STAGES, "corrections"];

/** The choice to the left or right, round at the ends. */
export function neighbour(choice: StageChoice, by: 1 | -1): StageChoice {
  const at = CHOICES.indexOf(choice) + by + CHOICES.length;
  return CHOICES[at % CHOICES.length] ?? "all";
}

export function StageFilter(props: {
  rows: QueueRow[];
  /** Corrections that wait, and differences they left. */
  corrections: number;
  choice: StageChoice;
  onChoose: (choice: StageChoice) => void;
}) {
  const { t } = useWords();
  const count = (choice: StageChoice) => {
    if (choice === "corrections") {
      return props.corrections;
    }
    const { rows } = props;
    return rows.filter(({ progress }) => choice === "all" || progress.stage === choice).length;
  };
  const label = (choice: StageChoice) => {
    if (choice === "all") {
      return t("queue.all");
    }
    return choice === "corrections" ? t("board.choice") : t(`stage.${choice}`);
  };
  return (
    <fieldset className={classes.stages}>
      {CHOICES.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={props.choice === choice}
          data-testid={`stage-${choice}`}
          onClick={() => props.onChoose(choice)}
        >
          {label(choice)} <strong>{count(choice)}</strong>
        </button>
      ))}
    </fieldset>
  );
}
