// One of a few, all in sight; arrows move, Enter goes on with the form it stands in.
import { useId } from "react";
import classes from "./RadioChoice.module.css";

export function RadioChoice<V extends string>(props: {
  label: string;
  value: V;
  options: { value: V; label: string }[];
  onChange: (value: V) => void;
  testId: string;
  autoFocus?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={classes.choice}>
      <legend>{props.label}</legend>
      {props.options.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            data-testid={`${props.testId}-${value}`}
            data-autofocus={(props.autoFocus && value === props.value) || undefined}
            onChange={() => props.onChange(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
