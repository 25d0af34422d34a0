// Builds the API reference from the docstrings; any warning (undocumented, broken link, unknown tag) is a failure.
import { fileURLToPath } from "node:url";
import { Application, Comment, CommentTag, Converter, ReflectionKind } from "typedoc";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** The chapter of the reference for each place in src/. */
const CHAPTERS = [
  [/^primitives\//, "Primitives"],
  [/^information\//, "Information"],
  [/^special\//, "Special functions"],
  [/^distributions\//, "Distributions"],
  [/^metrics\//, "Metrics"],
  [/^losses\//, "Losses"],
  [/^likelihoods\//, "Likelihoods"],
  [/^(priors|penalties)\//, "Priors and penalties"],
  [/^(sparse\/|(dataset|matrix|moments)\.ts)/, "Data"],
  [/^(models\/|(objective|checkGradient)\.ts)/, "Objectives"],
  [/^diagnostics\//, "Diagnostics"],
  [/^(estimators|inference)\//, "Fits"],
  [/^selection\//, "Selection"],
  [/^(optimizers\/|minimize|resumeMinimizer|result\.ts|findLearningRate)/, "Optimisers"],
  [/^online\//, "Online learning"],
  [/^job\.ts/, "Jobs"],
  [/^parallel\//, "Workers"],
  [/^random\.ts/, "Random numbers"],
  [/^(backend|verify)\//, "Backend"],
];

function chapterOf(file) {
  const path = file.replace(/^.*?\/src\//, "");
  return CHAPTERS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

const app = await Application.bootstrapWithPlugins();

/** The reflections that may hold the docstring of a name: itself, or the signatures of a function. */
const holders = (reflection) => [reflection, ...(reflection.signatures ?? [])];

/** Files a public name under its chapter. */
function file(project, reflection) {
  const path = project.getSymbolIdFromReflection(reflection)?.fileName.replaceAll("\\", "/") ?? "";
  const chapter = chapterOf(path);
  if (chapter === null) return app.logger.error(`${reflection.name} in ${path} has no chapter in scripts/docs.js`);
  const holder = holders(reflection).find((one) => one.comment !== undefined) ?? reflection;
  const tag = new CommentTag("@category", [{ kind: "text", text: chapter }]);
  (holder.comment ??= new Comment()).blockTags.push(tag);
}

/** The docstring of a function whose signatures come from a shared type, put where readers look for it. */
function describeSignatures(reflection) {
  const { comment, signatures = [] } = reflection;
  for (const tag of comment?.getTags("@param") ?? []) {
    for (const parameter of signatures.flatMap((signature) => signature.parameters ?? [])) {
      if (parameter.name === tag.name) parameter.comment ??= new Comment(tag.content);
    }
  }
  comment?.removeTags("@param");
  if (comment !== undefined && signatures.length === 1) {
    signatures[0].comment = comment;
    delete reflection.comment;
  }
}

// After the names of src/index.ts have become those of the project.
const LAST = -100000;
app.converter.on(
  Converter.EVENT_RESOLVE_BEGIN,
  ({ project }) => {
    for (const reflection of project.children) file(project, reflection);
    for (const reflection of project.getReflectionsByKind(ReflectionKind.Function)) describeSignatures(reflection);
  },
  LAST,
);

/** Exported names, those of namespaces and other entries among them. */
function namesOf(reflection) {
  return (reflection.children ?? []).flatMap((child) => {
    return child.kindOf(ReflectionKind.SomeModule) ? [child, ...namesOf(child)] : [child];
  });
}

const project = await app.convert();
const names = project === undefined ? [] : namesOf(project);
const bare = names.filter((name) => holders(name).every((one) => !one.comment?.summary.length));
for (const name of bare) app.logger.error(`${name.getFullName()} has no docstring`);
if (project !== undefined) {
  app.validate(project);
  await app.generateOutputs(project);
}

const failed = app.logger.errorCount + app.logger.warningCount;
console.log(`reference: ${names.length - bare.length} passed, ${failed} failed`);
process.exitCode = failed === 0 && names.length > 0 ? 0 : 1;
