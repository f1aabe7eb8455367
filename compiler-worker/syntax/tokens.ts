/**
 * Kinds of tokens (reference manual, section 11.1). Operators are classed by precedence as in the table of
 * section 11.7.1; those that the grammar names elsewhere (`-`, `=`, `*`, …) are kinds of their own.
 */

export const EOF = 0;

// Words. From AND to WITH they are keywords.
export const LIDENT = 1;
export const UIDENT = 2;
export const UNDERSCORE = 3;
export const AND = 4;
export const AS = 5;
export const ASSERT = 6;
export const BEGIN = 7;
export const CLASS = 8;
export const CONSTRAINT = 9;
export const DO = 10;
export const DONE = 11;
export const DOWNTO = 12;
export const EFFECT = 13;
export const ELSE = 14;
export const END = 15;
export const EXCEPTION = 16;
export const EXTERNAL = 17;
export const FALSE = 18;
export const FOR = 19;
export const FUN = 20;
export const FUNCTION = 21;
export const FUNCTOR = 22;
export const IF = 23;
export const IN = 24;
export const INCLUDE = 25;
export const INHERIT = 26;
export const INITIALIZER = 27;
export const LAZY = 28;
export const LET = 29;
export const MATCH = 30;
export const METHOD = 31;
export const MODULE = 32;
export const MUTABLE = 33;
export const NEW = 34;
export const NONREC = 35;
export const OBJECT = 36;
export const OF = 37;
export const OPEN = 38;
export const OR = 39;
export const PRIVATE = 40;
export const REC = 41;
export const SIG = 42;
export const STRUCT = 43;
export const THEN = 44;
export const TO = 45;
export const TRUE = 46;
export const TRY = 47;
export const TYPE = 48;
export const VAL = 49;
export const VIRTUAL = 50;
export const WHEN = 51;
export const WHILE = 52;
export const WITH = 53;

// Literals. Their decoded text is the token's value.
export const INT = 54;
export const FLOAT = 55;
export const CHAR = 56;
export const STRING = 57;
/** `{%id|…|}` and `{%%id|…|}`. */
export const QUOTED_EXTENSION = 58;
export const QUOTED_EXTENSION_ITEM = 59;
/** `~label:` and `?label:`; the value is the name. */
export const LABEL = 60;
export const OPTLABEL = 61;

// Punctuation.
export const LPAREN = 62;
export const RPAREN = 63;
export const LBRACKET = 64;
export const RBRACKET = 65;
export const LBRACE = 66;
export const RBRACE = 67;
export const LBRACKETBAR = 68;
export const BARRBRACKET = 69;
export const LBRACKETLESS = 70;
export const LBRACKETGREATER = 71;
export const LBRACELESS = 72;
export const GREATERRBRACE = 73;
export const GREATERRBRACKET = 74;
export const LBRACKETAT = 75;
export const LBRACKETATAT = 76;
export const LBRACKETATATAT = 77;
export const LBRACKETPERCENT = 78;
export const LBRACKETPERCENTPERCENT = 79;
export const COMMA = 80;
export const SEMI = 81;
export const SEMISEMI = 82;
export const DOT = 83;
export const DOTDOT = 84;
export const COLON = 85;
export const COLONCOLON = 86;
export const COLONEQUAL = 87;
export const COLONGREATER = 88;
export const ARROW = 89;
export const LESSMINUS = 90;
export const BAR = 91;
export const BACKQUOTE = 92;
export const QUOTE = 93;
export const HASH = 94;
export const TILDE = 95;
export const QUESTION = 96;

// Operators.
export const BANG = 97;
export const EQUAL = 98;
export const LESS = 99;
export const GREATER = 100;
export const BARBAR = 101;
export const AMPERAMPER = 102;
export const AMPERSAND = 103;
export const PLUS = 104;
export const PLUSDOT = 105;
export const PLUSEQ = 106;
export const MINUS = 107;
export const MINUSDOT = 108;
export const STAR = 109;
export const PERCENT = 110;
/** `= < > | & $` … */
export const INFIXOP0 = 111;
/** `@ ^` … */
export const INFIXOP1 = 112;
/** `+ -` … */
export const INFIXOP2 = 113;
/** `* / %` …, `mod land lor lxor` */
export const INFIXOP3 = 114;
/** `**` …, `lsl lsr asr` */
export const INFIXOP4 = 115;
/** `!…`, `~…`, `?…` */
export const PREFIXOP = 116;
/** `#…` */
export const HASHOP = 117;
/** `.%` and the like, before an index in brackets. */
export const DOTOP = 118;
export const LETOP = 119;
export const ANDOP = 120;

/** Number of kinds. */
export const KINDS = 121;

const KEYWORD_KINDS: readonly (readonly [string, number])[] = [
  ["_", UNDERSCORE], ["and", AND], ["as", AS], ["assert", ASSERT], ["begin", BEGIN], ["class", CLASS], ["constraint", CONSTRAINT], ["do", DO], ["done", DONE],
  ["downto", DOWNTO], ["effect", EFFECT], ["else", ELSE], ["end", END], ["exception", EXCEPTION], ["external", EXTERNAL], ["false", FALSE], ["for", FOR],
  ["fun", FUN], ["function", FUNCTION], ["functor", FUNCTOR], ["if", IF], ["in", IN], ["include", INCLUDE], ["inherit", INHERIT],
  ["initializer", INITIALIZER], ["lazy", LAZY], ["let", LET], ["match", MATCH], ["method", METHOD], ["module", MODULE], ["mutable", MUTABLE], ["new", NEW],
  ["nonrec", NONREC], ["object", OBJECT], ["of", OF], ["open", OPEN], ["or", OR], ["private", PRIVATE], ["rec", REC], ["sig", SIG], ["struct", STRUCT],
  ["then", THEN], ["to", TO], ["true", TRUE], ["try", TRY], ["type", TYPE], ["val", VAL], ["virtual", VIRTUAL], ["when", WHEN], ["while", WHILE],
  ["with", WITH],
];
const WORD_OPERATORS: readonly (readonly [string, number])[] = [
  ["mod", INFIXOP3], ["land", INFIXOP3], ["lor", INFIXOP3], ["lxor", INFIXOP3], ["lsl", INFIXOP4], ["lsr", INFIXOP4], ["asr", INFIXOP4],
];

/** All reserved words (section 11.1.8) with their kinds. */
export const RESERVED_WORDS: readonly (readonly [string, number])[] = [...KEYWORD_KINDS, ...WORD_OPERATORS];

/** Whether a kind of token is a keyword (`and` … `with`). */
export function isKeyword(kind: number): boolean {
  return kind >= AND && kind <= WITH;
}

/** A set of kinds, as a table. */
export function kindSet(...kinds: readonly number[]): Uint8Array {
  const set = new Uint8Array(KINDS);
  for (const kind of kinds) set[kind] = 1;
  return set;
}
