// One box that takes a card scan, an MRZ, a number or part of a name, and lists who matches.
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { PersonFind, PersonHit } from "../api/bindings";
import { messageOf } from "../api/errors";
import { useFormFind, usePersonFind } from "../api/queries";
import { useWords } from "../i18n";
import { formatDay } from "../lib/dates";
import { isComposing } from "../lib/keyboard";
import { FoundForm, isFormCode } from "./FormCode";
import { Problem } from "./kit";
import { Money } from "./Money";
import classes from "./PersonSearch.module.css";
import { ViolationNote } from "./ViolationNote";

/** Whether what was read can be a person; a card refused as damaged is to be scanned again. */
function isReadable({ reading, problems }: PersonFind): boolean {
  const refused = problems.some(({ severity }) => severity === "refuse");
  return reading !== "empty" && reading !== "unreadable" && !refused;
}

export function PersonSearch(props: {
  label: string;
  inputRef?: RefObject<HTMLInputElement | null>;
  onPick: (person: PersonHit) => void;
  /** Nobody matches what was read or typed. */
  onUnknown?: (find: PersonFind, text: string) => void;
  onSearch?: (text: string) => void;
  /** The code of a printed form was scanned. */
  onForm?: (id: string) => void;
  /** The box was emptied. */
  onClear?: () => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [marked, setMarked] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const find = usePersonFind();
  const form = useFormFind();
  const matches = find.data?.matches ?? [];

  useEffect(() => {
    list.current?.children[marked]?.scrollIntoView({ block: "nearest" });
  }, [marked]);

  const reset = () => {
    find.reset();
    form.reset();
  };
  const pick = (person: PersonHit) => {
    setText("");
    reset();
    props.onClear?.();
    props.onPick(person);
  };
  const open = (id: string) => {
    setText("");
    reset();
    props.onForm?.(id);
  };
  const search = () => {
    setMarked(0);
    reset();
    if (isFormCode(text)) {
      form.mutate(text, {
        onSuccess: ({ id, problems }) => id !== null && problems.length === 0 && open(id),
      });
      return;
    }
    props.onSearch?.(text);
    find.mutate(text, {
      onSuccess: (found) => {
        const [only, second] = found.matches;
        const sure = found.reading !== "name" && found.problems.length === 0;
        if (only && !second && sure) {
          pick(only);
        } else if (!only && isReadable(found)) {
          props.onUnknown?.(found, text);
        }
      },
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) {
      return;
    }
    const chosen = matches[marked];
    if (event.key === "Enter") {
      event.preventDefault();
      if (chosen && find.variables === text) {
        pick(chosen);
      } else {
        search();
      }
    } else if (event.key === "ArrowDown" && matches.length > 0) {
      event.preventDefault();
      setMarked(Math.min(marked + 1, matches.length - 1));
    } else if (event.key === "ArrowUp" && matches.length > 0) {
      event.preventDefault();
      setMarked(Math.max(marked - 1, 0));
    } else if (event.key === "Escape" && text !== "") {
      event.preventDefault();
      setText("");
      reset();
      props.onClear?.();
    }
  };
  return (
    <div className={classes.search}>
      <input
        ref={props.inputRef}
        className={classes.box}
        data-testid="identify-box"
        aria-label={props.label}
        placeholder={t("identify.placeholder")}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {form.isError && <Problem testId="identify-problem">{messageOf(form.error)}</Problem>}
      {form.data && <FoundForm found={form.data} onOpen={open} />}
      {find.isError && <Problem testId="identify-problem">{messageOf(find.error)}</Problem>}
      {find.data && <Reading find={find.data} />}
      {matches.length > 0 && (
        <div className={classes.matches}>
          <span className="soft">{t("identify.matches", { count: matches.length })}</span>
          <ul ref={list}>
            {matches.map((person, row) => (
              <li key={person.id}>
                <button
                  type="button"
                  data-testid={`match-${row}`}
                  className={classes.match}
                  data-marked={row === marked}
                  onClick={() => pick(person)}
                >
                  <Match person={person} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Reading({ find }: { find: PersonFind }) {
  const { t } = useWords();
  const empty = find.reading === "empty";
  const silent = find.problems.length === 0;
  return (
    <div className={classes.reading} data-testid="identify-reading">
      {find.problems.map((problem) => (
        <ViolationNote key={problem.code + problem.field} violation={problem} />
      ))}
      {silent && find.reading === "unreadable" && <Problem>{t("identify.unreadable")}</Problem>}
      {silent && empty && <p className="soft">{t("identify.empty")}</p>}
    </div>
  );
}

function Match({ person }: { person: PersonHit }) {
  const { t, language } = useWords();
  return (
    <>
      <strong>{person.name}</strong>
      <span>{formatDay(person.born, language)}</span>
      <span>{person.papers.map(({ number }) => number).join(", ")}</span>
      <span className="soft">{person.commune_name}</span>
      <span className="number">
        {person.quota && (
          <>
            {t("quota.left")} <Money vnd={person.quota.left_today_vnd} /> ₫
          </>
        )}
      </span>
    </>
  );
}
