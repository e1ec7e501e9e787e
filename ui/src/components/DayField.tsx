// A day typed as day/month/year; what is typed is kept, what is understood is told.
import { useState } from "react";
import { useWords } from "../i18n";
import { formatDay, parseDay } from "../lib/dates";
import { TextField } from "./kit";

/** `onChange` gets `YYYY-MM-DD`, or null while the text is no real day. */
export function DayField(props: {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
  error?: string | null;
  required?: boolean;
  testId?: string;
}) {
  const { t, language } = useWords();
  const [text, setText] = useState(props.value ? formatDay(props.value, language) : "");
  const [known, setKnown] = useState(props.value);
  // A value that came from outside (a scan, another screen) replaces the text; a value that
  // only stayed, while the text is no real day, does not.
  if (props.value !== known) {
    setKnown(props.value);
    if (props.value !== parseDay(text)) {
      setText(props.value ? formatDay(props.value, language) : "");
    }
  }
  const bad = text.trim() !== "" && parseDay(text) === null;
  return (
    <TextField
      label={props.label}
      required={props.required}
      value={text}
      placeholder={t("person.dayHint")}
      error={props.error ?? (bad && text.length >= 8 ? t("person.badDay") : null)}
      testId={props.testId}
      onChange={(typed) => {
        setText(typed);
        props.onChange(parseDay(typed));
      }}
    />
  );
}
