import tseslint from "typescript-eslint";

/** `Math` members whose results ECMAScript fixes to the last bit; every other one differs between engines. */
const exactMath = "abs|ceil|floor|trunc|sign|sqrt|min|max|imul|clz32|fround";

const sameBits = [
  {
    selector: `MemberExpression[object.name='Math']:not([computed=false][property.name=/^(${exactMath})$/])`,
    message: "Engines disagree on this Math function: use our own kernels.",
  },
  { selector: "BinaryExpression[operator='**']", message: "Engines disagree on `**`: multiply, or use our own pow." },
  { selector: "AssignmentExpression[operator='**=']", message: "Engines disagree on `**`." },
  ...[
    ":not(MemberExpression) > Identifier[name='Math']",
    "MemberExpression > Identifier.property[name='Math']",
    "MemberExpression[property.value='Math']",
    "MemberExpression[property.quasis.0.value.raw='Math']",
  ].map((selector) => ({
    selector,
    message: "Write Math.name: the allowlist could not see what an alias or a way round is used for.",
  })),
];

export default tseslint.config(
  {
    ignores: [
      "dist",
      "build",
      "node_modules",
      "coverage",
      "assembly",
      "src/backend/wasm/bytes.ts",
      "src/backend/wasm/layerBytes.ts",
      "src/backend/wasm/sparseBytes.ts",
      "test/engines/node_modules",
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ["src/**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...sameBits],
      "prefer-const": ["error", { destructuring: "all" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-imports": ["error", { patterns: ["node:*"] }],
    },
  },
  { files: ["src/cli/**/*.ts"], rules: { "no-restricted-imports": "off" } },
);
