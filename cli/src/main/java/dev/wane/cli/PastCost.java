package dev.wane.cli;

import dev.wane.formats.lint.LintedFile;
import dev.wane.formats.lint.PlacedFinding;
import dev.wane.formats.problem.Position;
import dev.wane.lab.past.Cost;
import dev.wane.lab.past.OptimumWords;
import dev.wane.lab.past.SettingFindings;
import dev.wane.lab.past.SweepFindings;
import dev.wane.lab.past.TimescaleAxis;
import dev.wane.lab.past.TimescaleFit;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.recipe.Recipe;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the timescale of a configuration costs, by the runs that its people already have. */
final class PastCost {
    /** A timescale wrong by less is no finding, however surely it costs something. */
    private static final double NUANCE = 1.5;

    private final SweepFindings findings;

    private PastCost(SweepFindings findings) {
        this.findings = findings;
    }

    /** Of past runs, read as {@code report} reads them. */
    static PastCost of(List<String> sources, PastOptions options, RecipeOptions recipe) {
        return new PastCost(PastFindings.of(PastFindings.read(sources), options, recipe));
    }

    /** The same file with a finding more, where the runs have a best timescale and the file has one. */
    LintedFile with(LintedFile file) {
        Recipe recipe = file.config().recipe();
        Optional<SettingFindings> nearest = recipe == null ? Optional.empty() : nearest(recipe);
        return nearest.map(setting -> with(file, setting, setting.axis().of(Objects.requireNonNull(recipe))))
                .orElse(file);
    }

    private LintedFile with(LintedFile file, SettingFindings setting, double place) {
        TimescaleFit fit = setting.fit();
        boolean known = place > 0 && Double.isFinite(place) && setting.axis() == TimescaleAxis.EPOCHS;
        if (fit == null || !known) {
            return file;
        }
        PlacedFinding placed =
                new PlacedFinding(finding(setting, fit, place), new Position(file.file(), 0, 0), "weightDecay");
        return file.with(
                Stream.concat(file.findings().stream(), Stream.of(placed)).toList());
    }

    /** The setting that shares most with a recipe; of several the one with the most runs, in whose order they stand. */
    private Optional<SettingFindings> nearest(Recipe recipe) {
        return findings.settings().stream()
                .filter(SettingFindings::hasOptimum)
                .filter(setting -> comparable(recipe, setting))
                .max(Comparator.comparingInt((SettingFindings setting) -> shared(recipe, setting.recipe()))
                        .thenComparingInt(setting -> -findings.settings().indexOf(setting)));
    }

    /** The batch counts most: between batches the best timescale is only expected to be the same. */
    private static int shared(Recipe one, Recipe other) {
        return (Objects.equals(one.batchSize(), other.batchSize()) ? 4 : 0)
                + (Objects.equals(one.datasetSize(), other.datasetSize()) ? 2 : 0)
                + (Objects.equals(one.length(), other.length()) ? 1 : 0);
    }

    /** The best timescale of one optimizer says nothing of another's. */
    private static boolean comparable(Recipe recipe, SettingFindings setting) {
        return recipe.family() == setting.recipe().family()
                && recipe.convention()
                        .getClass()
                        .equals(setting.recipe().convention().getClass());
    }

    /** Of parts of one setting nobody knows which the file's is. */
    private boolean isOnly(SettingFindings setting) {
        return findings.settings().stream()
                        .filter(other -> other.recipe()
                                .but()
                                .learningRate(setting.recipe().learningRate())
                                .weightDecay(setting.recipe().weightDecay())
                                .build()
                                .equals(setting.recipe()))
                        .count()
                == 1;
    }

    private Finding finding(SettingFindings setting, TimescaleFit fit, double place) {
        double best = fit.parabola().vertex();
        double[] interval = fit.parabola().fiellerInterval();
        double factor = Math.max(place / best, best / place);
        Cost cost = fit.cost(Math.max(factor, Math.nextUp(1.0)));
        boolean inside = interval != null && place >= interval[0] && place <= interval[1];
        boolean resolved = cost.low() != null && cost.low() > 0;
        return new Finding(
                "past-optimum",
                resolved && !inside && factor > NUANCE && isOnly(setting) ? Severity.WARNING : Severity.INFO,
                "weightDecay",
                "τ is " + OptimumWords.place(setting, place) + " here; of " + OptimumWords.counts(findings)
                        + which(setting) + ": "
                        + OptimumWords.best(setting)
                        + (inside
                                ? "; that is within the interval"
                                : "; "
                                        + OptimumWords.cost(
                                                cost, findings.metric().name())),
                inside ? "nothing" : "wane plan --base-from " + findings.source() + " carries the best to this setting",
                "the runs of " + findings.source());
    }

    private String which(SettingFindings setting) {
        return findings.settings().size() == 1 ? "" : " (" + setting.label() + ")";
    }
}
