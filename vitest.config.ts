import { defineConfig } from "vitest/config";

/** Tests of one thing that does not depend on the backend, or that looks at both at once. */
const once = [
  "test/architecture.test.ts",
  "test/reference.test.ts",
  "test/fallback/**",
  "test/backend/**",
  "test/math/**",
  "test/special/**",
  "test/distributions/**",
  "test/metrics/**",
  "test/linalg/**",
  "test/cli/**",
  "test/hostile/checkpoints.test.ts",
  "test/verify/{compare,coverage,hash}.test.ts",
];

const never = ["test/engines/**", "**/node_modules/**"];

/** The suite runs once per forced backend; the rest once. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    projects: [
      ...["wasm", "typescript"].map((name) => ({
        test: {
          name,
          include: ["test/**/*.test.ts"],
          exclude: [...once, ...never],
          env: { SURPRISAL_BACKEND: name },
          setupFiles: ["test/setup.ts"],
          testTimeout: 60_000,
        },
      })),
      {
        test: {
          name: "once",
          include: once.map((path) => path.replace(/\*\*$/, "**/*.test.ts")),
          exclude: never,
          testTimeout: 60_000,
        },
      },
    ],
  },
});
