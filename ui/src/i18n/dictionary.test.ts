import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "./en.json";
import vi from "./vi.json";
import zh from "./zh.json";

type Tree = { [key: string]: string | Tree };
const SOURCE = join(import.meta.dirname, "..");
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** All texts of a dictionary by dotted key. */
function flat(tree: Tree, above = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[above + key, value] as const]
        : [...flat(value, `${above}${key}.`)],
    ),
  );
}

const DICTIONARIES = { vi: flat(vi), en: flat(en), zh: flat(zh) } as const;
const LANGUAGES = ["vi", "en", "zh"] as const;

const baseKeys = (texts: Map<string, string>) =>
  [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, "")))].sort();

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();

/** The text that stands for `key` in another language, whatever its plural form. */
const counterpart = (texts: Map<string, string>, key: string) =>
  texts.get(key) ?? texts.get(key.replace(PLURAL, "_other"));

/** Production files with their text. */
function sources(): { name: string; text: string }[] {
  return readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(SOURCE, name), "utf8") }));
}

/** The keys given to `t`, in quotes or as a template; a template's holes become `*`. */
function usedKeys(text: string): string[] {
  const calls = text.matchAll(/\bt\(\s*([^()]*?(?:\([^()]*\)[^()]*?)*)\)/g);
  return [...calls].flatMap(([, given = ""]) => {
    const key = given.split(/,\s*\{/)[0] ?? "";
    const quoted = [...key.matchAll(/"([a-zA-Z]+\.[\w.]+)"/g)].map(([, name = ""]) => name);
    const made = [...key.matchAll(/`([^`]+)`/g)].map(([, name = ""]) =>
      name.replace(/\$\{[^}]*\}/g, "*"),
    );
    return [...quoted, ...made];
  });
}

describe.each(LANGUAGES)("the words in %s", (language) => {
  const texts = DICTIONARIES[language];

  it("have the keys of the Vietnamese source, no more and no fewer", () => {
    expect(baseKeys(texts)).toEqual(baseKeys(DICTIONARIES.vi));
  });

  it("have the plural forms the language has", () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const bases = [...texts.keys()].filter((key) => PLURAL.test(key));
    const missing = bases
      .flatMap((key) => forms.map((form) => key.replace(PLURAL, `_${form}`)))
      .filter((key) => !texts.has(key));
    expect(missing).toEqual([]);
  });

  it("are never empty, nor padded with blanks", () => {
    expect([...texts].filter(([, text]) => text !== text.trim() || text === "")).toEqual([]);
  });

  it("have the placeholders of the source, text by text", () => {
    const broken = [...texts]
      .map(([key, text]) => [key, placeholders(text)] as const)
      .filter(([key, names]) => {
        const source = counterpart(DICTIONARIES.vi, key);
        return source !== undefined && names.join() !== placeholders(source).join();
      });
    expect(broken).toEqual([]);
  });

  it("leave no brace outside a placeholder", () => {
    const rest = [...texts].filter(([, text]) => /[{}]/.test(text.replace(/\{\{\w+\}\}/g, "")));
    expect(rest).toEqual([]);
  });
});

describe("the languages apart", () => {
  it("have no Vietnamese letter in English or Chinese but in the name of the program", () => {
    const marked = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i;
    for (const language of ["en", "zh"] as const) {
      const found = [...DICTIONARIES[language]].filter(
        ([key, text]) => key !== "app.name" && marked.test(text),
      );
      expect(found).toEqual([]);
    }
  });

  it("have Chinese characters in Chinese only", () => {
    for (const language of ["vi", "en"] as const) {
      const found = [...DICTIONARIES[language]].filter(([, text]) => /\p{Script=Han}/u.test(text));
      expect(found).toEqual([]);
    }
  });
});

describe("the keys the code asks for", () => {
  const known = [...DICTIONARIES.vi.keys()].map((key) => key.replace(PLURAL, ""));
  const used = sources().flatMap(({ name, text }) => usedKeys(text).map((key) => ({ name, key })));

  it("are found in the code", () => {
    expect(used.length).toBeGreaterThan(200);
    expect(used.map(({ key }) => key)).toContain("decision.dutyExport");
    expect(used.map(({ key }) => key)).toContain("directionShort.*");
  });

  it("are all in the dictionary", () => {
    const missing = used.filter(({ key }) => {
      const pattern = new RegExp(`^${key.replaceAll(".", "\\.").replaceAll("*", "\\w+")}$`);
      return !known.some((name) => pattern.test(name));
    });
    expect(missing).toEqual([]);
  });
});
