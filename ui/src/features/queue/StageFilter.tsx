// How many forms wait for what; one stage at a time can be looked at.
import type { QueueRow } from "../../api/bindings";
import { useWords } from "../../i18n";
import { WAITING_STAGES, type WaitingStage } from "../../lib/steps";
import classes from "./Queue.module.css";

export type StageChoice = WaitingStage | "all";
const CHOICES: StageChoice[] = ["all", ...WAITING_STAGES];

/** The choice to the left or right, round at the ends. */
export function neighbour(choice: StageChoice, by: 1 | -1): StageChoice {
  const at = CHOICES.indexOf(choice) + by + CHOICES.length;
  return CHOICES[at % CHOICES.length] ?? "all";
}

export function StageFilter(props: {
  rows: QueueRow[];
  choice: StageChoice;
  onChoose: (choice: StageChoice) => void;
}) {
  const { t } = useWords();
  const count = (choice: StageChoice) =>
    choice === "all"
      ? props.rows.length
      : props.rows.filter(({ progress }) => progress.stage === choice).length;
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
          {choice === "all" ? t("queue.all") : t(`stage.${choice}`)}{" "}
          <strong>{count(choice)}</strong>
        </button>
      ))}
    </fieldset>
  );
}
