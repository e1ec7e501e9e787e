// The fields of a rule, drawn from the description of its kind.
import type { LawField } from "../../api/bindings";
import { CheckField, ChoiceField, LongField, TextField } from "../../components/kit";
import { useWords } from "../../i18n";
import classes from "./Law.module.css";

export function RowFields(props: {
  fields: LawField[];
  values: Record<string, string>;
  onChange: (name: string, value: string) => void;
  errorAt: (name: string) => string | undefined;
}) {
  const { t } = useWords();
  const begins = props.fields.findIndex(
    ({ names, input }) => !names && ["text", "number", "money"].includes(input),
  );
  return (
    <div className={classes.fields}>
      {props.fields.map((field, at) => {
        const value = props.values[field.name] ?? "";
        const onChange = (next: string) => props.onChange(field.name, next);
        const label = field.unit ? `${field.label} (${field.unit})` : field.label;
        const testId = `law-field-${field.name}`;
        const error = props.errorAt(field.name);
        if (field.input === "flag") {
          return (
            <CheckField
              key={field.name}
              label={label}
              checked={value === "true"}
              onChange={(on) => onChange(String(on))}
              testId={testId}
            />
          );
        }
        if (field.input === "choices") {
          const all = value.split(",").filter((word) => word !== "");
          return (
            <fieldset key={field.name} className={classes.choices}>
              <legend>{label}</legend>
              {field.options.map((option) => (
                <CheckField
                  key={option.value}
                  label={option.label}
                  checked={all.includes(option.value)}
                  onChange={(on) =>
                    onChange(
                      (on
                        ? [...all, option.value]
                        : all.filter((word) => word !== option.value)
                      ).join(","),
                    )
                  }
                  testId={`${testId}-${option.value}`}
                />
              ))}
            </fieldset>
          );
        }
        if (field.input === "choice") {
          const empty = { value: "", label: t("law.choose") };
          return (
            <ChoiceField
              key={field.name}
              label={label}
              value={value}
              onChange={onChange}
              options={[empty, ...field.options]}
              error={error}
              required={!field.optional}
              testId={testId}
            />
          );
        }
        if (field.input === "body") {
          return (
            <LongField
              key={field.name}
              label={label}
              value={value}
              onChange={onChange}
              error={error}
              required={!field.optional}
              rows={14}
              testId={testId}
            />
          );
        }
        return (
          <TextField
            key={field.name}
            label={label}
            value={value}
            onChange={onChange}
            error={error}
            required={!field.optional}
            testId={testId}
            autoFocus={at === Math.max(begins, 0)}
          />
        );
      })}
    </div>
  );
}
