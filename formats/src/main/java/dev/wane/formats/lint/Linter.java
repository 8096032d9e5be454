package dev.wane.formats.lint;

import dev.wane.explain.ExplainedGroup;
import dev.wane.formats.config.Origin;
import dev.wane.formats.config.ResolvedConfig;
import dev.wane.formats.problem.Position;
import dev.wane.groups.NamedShape;
import dev.wane.lint.Finding;
import dev.wane.lint.Rules;
import dev.wane.lint.Severity;
import dev.wane.lint.Subject;
import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies every rule to a resolved configuration and finds the place of each finding. */
public final class Linter {
    private Linter() {}

    /** Looks at a configuration that was read from a file. */
    public static LintedFile lint(String file, ResolvedConfig config) {
        return lint(file, config, List.of(), "");
    }

    /**
     * Looks at a configuration and at the model that it trains.
     *
     * @param model names and shapes of its parameters; empty where they are not known
     * @param text the file itself; empty where it is not at hand
     */
    public static LintedFile lint(String file, ResolvedConfig config, List<NamedShape> model, String text) {
        List<Finding> findings = new ArrayList<>(config.findings());
        List<ExplainedGroup> groups = new ArrayList<>();
        Recipe recipe = config.recipe();
        if (recipe != null) {
            Subject subject = Subject.of(recipe, config.context());
            groups.add(subject.group());
            findings.addAll(Rules.check(subject));
        }
        NameMiss.of(config, model).ifPresent(findings::add);
        DecayScaledTwice.of(file, config, text).ifPresent(findings::add);
        unknownOptimizer(config).ifPresent(findings::add);
        unknownBatch(config).ifPresent(findings::add);
        return new LintedFile(
                file,
                config,
                groups,
                findings.stream().map(finding -> placed(finding, file, config)).toList());
    }

    private static Optional<Finding> unknownOptimizer(ResolvedConfig config) {
        String name = config.resolution().text("optimizer");
        return config.recipe() != null || name == null
                ? Optional.empty()
                : Optional.of(new Finding(
                        "unknown-optimizer",
                        Severity.INFO,
                        "optimizer",
                        "Wane does not know what '" + name + "' does with its weight decay, and says nothing of it",
                        "wane frameworks lists what is known; a recipe may name the kind that it is",
                        "registry of optimizers"));
    }

    private static Optional<Finding> unknownBatch(ResolvedConfig config) {
        boolean asked = config.resolution().all().stream()
                .anyMatch(quantity -> quantity.name().equals("replicas") && quantity.value() == null);
        return asked && config.resolution().number("batchSize") == null
                ? Optional.of(new Finding(
                        "world-size-unknown",
                        Severity.INFO,
                        "batchSize",
                        "how many devices train is not in this file: the batch, the timescale in epochs and every figure"
                                + " of the run depend on it",
                        "give --world-size N, or the launcher's file by --with",
                        "definition of the effective batch"))
                : Optional.empty();
    }

    private static PlacedFinding placed(Finding finding, String file, ResolvedConfig config) {
        RuleBook.title(finding.rule());
        Origin.Written written = config.resolution().written(finding.quantity());
        return written == null
                ? new PlacedFinding(finding, new Position(file, 0, 0), "")
                : new PlacedFinding(finding, written.position(), written.key());
    }
}
