// The controls the screens are made of, over the component library.
import {
  Alert,
  Checkbox,
  Button as MantineButton,
  Modal,
  NativeSelect,
  PasswordInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { ReactNode } from "react";

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  hint?: string | null;
  testId?: string;
  autoFocus?: boolean;
  required?: boolean;
  placeholder?: string;
  /** The name for screen readers where the label stands elsewhere. */
  spoken?: string;
}

/** A line of text. The text is kept exactly as typed. */
export function TextField({ onChange, hint, testId, spoken, ...rest }: FieldProps) {
  return (
    <TextInput
      {...rest}
      aria-label={spoken}
      description={hint}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data-testid={testId}
      // What a dialog looks for; without it the focus goes to its close button.
      data-autofocus={rest.autoFocus || undefined}
      autoComplete="off"
      spellCheck={false}
      withAsterisk={rest.required}
      required={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A text of many lines, of which so many are seen at once; Tab leaves it. */
export function LongField(props: FieldProps & { rows: number }) {
  const { onChange, hint, testId, spoken, rows, ...rest } = props;
  return (
    <Textarea
      {...rest}
      aria-label={spoken}
      description={hint}
      rows={rows}
      data-testid={testId}
      autoComplete="off"
      spellCheck={false}
      withAsterisk={rest.required}
      required={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function SecretField({ onChange, hint, testId, spoken, ...rest }: FieldProps) {
  return (
    <PasswordInput
      {...rest}
      aria-label={spoken}
      description={hint}
      data-testid={testId}
      autoComplete="current-password"
      visibilityToggleButtonProps={{ tabIndex: -1, "aria-hidden": true }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Yes or no. */
export function CheckField(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  testId?: string;
}) {
  return (
    <Checkbox
      label={props.label}
      checked={props.checked}
      data-testid={props.testId}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

/** One choice out of a list; typing the first letters picks. */
export function ChoiceField({
  onChange,
  hint,
  testId,
  options,
  spoken,
  ...rest
}: FieldProps & { options: { value: string; label: string }[] }) {
  return (
    <NativeSelect
      {...rest}
      withAsterisk={rest.required}
      required={false}
      aria-label={spoken}
      description={hint}
      data={options}
      data-testid={testId}
      data-autofocus={rest.autoFocus || undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface ButtonProps {
  children: ReactNode;
  onClick?: () => void;
  submit?: boolean;
  kind?: "primary" | "quiet" | "danger";
  busy?: boolean;
  disabled?: boolean;
  testId?: string;
  hotkey?: string;
  large?: boolean;
  wide?: boolean;
  title?: string;
  /** Has the focus when the dialog it stands in opens. */
  autoFocus?: boolean;
}

const VARIANTS = { primary: "filled", quiet: "default", danger: "filled" } as const;

export function Button({ children, kind = "quiet", hotkey, ...rest }: ButtonProps) {
  return (
    <MantineButton
      type={rest.submit ? "submit" : "button"}
      variant={VARIANTS[kind]}
      color={kind === "danger" ? "red.9" : undefined}
      size={rest.large ? "md" : "sm"}
      fullWidth={rest.wide}
      loading={rest.busy}
      disabled={rest.disabled}
      onClick={rest.onClick}
      title={rest.title}
      data-testid={rest.testId}
      data-autofocus={rest.autoFocus || undefined}
      aria-keyshortcuts={hotkey}
      rightSection={hotkey ? <kbd className="key">{hotkey}</kbd> : undefined}
    >
      {children}
    </MantineButton>
  );
}

/** A window over the screen; Esc closes it and focus goes back to where it was. */
export function Dialog(props: {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
  size?: string;
  closeLabel: string;
}) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? "md"}
      centered
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ "aria-label": props.closeLabel }}
    >
      {props.children}
    </Modal>
  );
}

/** Something that went wrong, said where it happened. */
export function Problem({ children, testId }: { children: ReactNode; testId?: string }) {
  return (
    <Alert color="red" variant="light" role="alert" data-testid={testId} py="xs">
      {children}
    </Alert>
  );
}
