const text = "x".repeat(100_000);
const list = Array.from({ length: 9_000 }, (_, index) => index);
const records = Array.from(
  { length: 5_000 },
  (_, index) => ({ id: `k${index % 3_000}`, n: index }),
);
const numbers = Array.from({ length: 240_000 }, () => 1);

const TIME = "it runs for more than 500 ms|more than 500000 steps";
const DATA = "it builds too much data";
const LARGE = "data of more than 1000000";
const LONG_TEXT = "a text of more than 1000000";
const LONG_LIST = "too long a list|a list of more than 10000";
const DEEP = "recurses too deeply";
const PICTURE = "The picture";

/** Expressions that try to take everything: the input, the expression, how it is stopped. */
export const HOSTILE: [input: unknown, expression: string, stopped: string][] = [
  // For ever.
  [{}, "($f := function($n){ $f($n + 1) }; $f(0))", TIME],
  [text, "$split($, /x/).($f := function($n){ $f($n + 1) }; $f(0))", `${TIME}|${LONG_LIST}`],
  [{ list }, "$map(list, function($x){ $map($$.list, $string) })", `${TIME}|${DATA}`],
  [{ list }, `list${"[$$.list]".repeat(20)}`, `${TIME}|${DATA}`],
  [numbers, "$sort($)", TIME],
  [numbers, "$filter($, $boolean) ~> $map($not)", `${TIME}|${LONG_LIST}`],
  [{ text }, "$map([1..10000], function(){ $length($$.text) })", TIME],
  [
    text,
    "($m := function(){ {'match':'x','start':0,'end':0,'groups':[],'next':$m} }; $split($, $m))",
    TIME,
  ],
  [{}, "($f := function($c){ {'then': $c} }; $f(function($a, $b){ 1 }))", "never comes"],
  [{}, "$formatNumber(1e308 * 10, '0e0')", "not finite"],
  [{}, "$formatNumber(0, '0', {'zero-digit': '', 'decimal-separator': ''})", "one character"],
  // Recursion.
  [{}, "($f := function($n){ 1 + $f($n) }; $f(0))", DEEP],
  [{}, "($f := function(){ [$f(), $f(), $f(), $f()] }; $f())", DEEP],
  [{ records }, "records{id: $}", DEEP],
  [{}, "$formatInteger(1e9, 'I')", "up to 10000"],
  [{}, "$formatInteger(1e300, 'w')", "up to 9007199254740991"],
  // A gigabyte.
  [{}, "($f := function($s){ $f($s & $s) }; $f('ab'))", LONG_TEXT],
  [{}, "($f := function($s){ $f($string([$s, $s])) }; $f('ab'))", LONG_TEXT],
  [{}, "$pad('x', 1e9)", LONG_TEXT],
  [{}, "$pad('x', -1e9)", LONG_TEXT],
  [{ text }, "$replace(text, /x/, '$0$0$0$0$0$0$0$0$0$0')", LONG_TEXT],
  [{ text }, "$replace(text, 'x', 'yyyyyyyyyyyyyyyyyyyyy')", LONG_TEXT],
  [{ text }, "$replace(text, /x/, function(){ $$.text })", DATA],
  [{ text }, "$join($split($pad('', 9999, 'a'), 'a'), text)", LONG_TEXT],
  [{ text }, "$map([1..10000], function(){ $uppercase($$.text) })", DATA],
  [{ text }, "$map([1..10000], function(){ $$.text & 'a' })", DATA],
  [{}, "($f := function($s){ $f($encodeUrlComponent($s)) }; $f('%%'))", `${LONG_TEXT}|${DATA}`],
  [{}, "($f := function($s){ $f($base64encode($s)) }; $f('%%'))", `${LONG_TEXT}|${DATA}`],
  [{}, "[1..10000000]", LONG_LIST],
  [{}, "[1..10000].[1..10000]", `${DATA}|${LARGE}`],
  [{ text }, "$split(text, '')", LONG_LIST],
  [{ text }, "$match(text, /x/)", LONG_LIST],
  [{ list }, "$zip(list, list)", LONG_LIST],
  [{ list }, "$append(list, list)", LONG_LIST],
  [{}, "$reduce([1..10000], $append)", DATA],
  [{ records }, "records@$a.$$.records@$b.{'a': $a.n}", LONG_LIST],
  [{ records }, "records^(n)", "use \\$sort"],
  [nested(60, numbers.slice(0, 230_000)), "$string($, true)", LONG_TEXT],
  // Shared parts, which walks meet again and again.
  [{ a: 1 }, "($f := function($a){ $f([[$a], [$a]]) }; $f($))", LARGE],
  [{ a: 1 }, "($f := function($a){ $f({'x': $a, 'y': $a}) }; $f($))", LARGE],
  [{ a: 1 }, "($f := function($a){ $f($merge([$a, {'x': $a, 'y': $a}])) }; $f($))", LARGE],
  [{ text }, "$map([1..100], function(){ $$ })", LARGE],
  [{ a: 1 }, "($f := function($a){ $f({'x': $a}) }; $f($))", "64 levels"],
  [nested(70), "$", "64 levels"],
  [Array.from({ length: 300_000 }, () => 1), "1", LARGE],
  [{}, `$eval('${"[".repeat(40)}${"]".repeat(40)}')`, "32 levels"],
  // Regular expressions and pictures.
  [{ text }, "$contains(text, /(?:(a?){10}){9}([bx])$/)", "too long for this regular"],
  [{ text: "a".repeat(50_000) }, "$match(text, /a(?:[^z]*(z))?/)", TIME],
  [{}, "$fromMillis(0, '[Y,1000000000]')", PICTURE],
  [{}, "$fromMillis(0, '[Y9,99999999]')", PICTURE],
  [{}, "$now('[H,1000000000]')", PICTURE],
  [{}, "$fromMillis(0, '[Y]', '99999999999')", "time zone"],
  [{}, `$toMillis('${"0".repeat(60)}x', '[f][f][f][f][f][f]')`, PICTURE],
  [{}, `$toMillis('${"0".repeat(60)}x', '[Y]0[M]0[D]0[H]0[m]0[s]0[f]')`, PICTURE],
  [{}, `$toMillis('${"a".repeat(60)}1', '[MNn][FNn][P]')`, PICTURE],
  [{}, `$toMillis('${"one".repeat(30)}x', '[Yw][Mw][Dw][Hw]')`, PICTURE],
  [{}, `$toMillis('${"0".repeat(101)}', '[Y]')`, "at most 100"],
  [{}, `$formatInteger(1, '${"0".repeat(101)}')`, "at most 100"],
  [{}, `$parseInteger('${"1".repeat(101)}', '0')`, "up to 100"],
  // JavaScript's own objects, and jsonata's.
  [{ _jsonata_function: true }, "$", "reserved"],
  [{ a: [{ _jsonata_lambda: true }] }, "1", "reserved"],
  [{ tupleStream: true, string: 1 }, "$", "reserved"],
  [{ outerWrapper: true }, "$", "reserved"],
  [{}, `$eval('{"_jsonata_lambda": true}')`, "reserved"],
  [{}, "{'tupleStream': true, '@': {}, 'the run': 1}[true]{'a': $}", "was stopped"],
  [{}, "[$string].$spread()", "gives a function"],
  [{ a: {} }, "($x := a; $x(1))", "invoke a non-function"],
];

function nested(levels: number, inside: unknown = 1): unknown {
  return levels === 0 ? inside : [nested(levels - 1, inside)];
}
