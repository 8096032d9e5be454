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
import java.util.List;
import java.util.stream.Stream;

/** What the timescale of a configuration costs, by the runs that its people already have. */
final class PastCost {
    private final SweepFindings findings;
    private final SettingFindings setting;

    private PastCost(SweepFindings findings) {
        this.findings = findings;
        this.setting = findings.settings().getFirst();
    }

    /** Of past runs, read as {@code report} reads them; the setting with the most of them speaks. */
    static PastCost of(List<String> sources, PastOptions options, RecipeOptions recipe) {
        return new PastCost(PastFindings.of(PastFindings.read(sources), options, recipe));
    }

    /** The same file with a finding more, where the runs have a best timescale and the file has one. */
    LintedFile with(LintedFile file) {
        TimescaleFit fit = setting.fit();
        Recipe recipe = file.config().recipe();
        double place = recipe == null || !comparable(recipe)
                ? Double.NaN
                : setting.axis().of(recipe);
        boolean known = place > 0 && Double.isFinite(place) && setting.axis() == TimescaleAxis.EPOCHS;
        if (fit == null || !setting.hasOptimum() || !known) {
            return file;
        }
        PlacedFinding placed = new PlacedFinding(finding(fit, place), new Position(file.file(), 0, 0), "weightDecay");
        return file.with(
                Stream.concat(file.findings().stream(), Stream.of(placed)).toList());
    }

    /** The best timescale of one optimizer says nothing of another's. */
    private boolean comparable(Recipe recipe) {
        return recipe.family() == setting.recipe().family()
                && recipe.convention()
                        .getClass()
                        .equals(setting.recipe().convention().getClass());
    }

    private Finding finding(TimescaleFit fit, double place) {
        double best = fit.parabola().vertex();
        double[] interval = fit.parabola().vertexInterval();
        double factor = Math.max(place / best, best / place);
        Cost cost = fit.cost(Math.max(factor, Math.nextUp(1.0)));
        boolean inside = interval != null && place >= interval[0] && place <= interval[1];
        boolean resolved = cost.low() != null && cost.low() > 0;
        return new Finding(
                "past-optimum",
                resolved && !inside && factor > 1 ? Severity.WARNING : Severity.INFO,
                "weightDecay",
                "τ is " + OptimumWords.place(setting, place) + " here; of " + OptimumWords.counts(findings) + ": "
                        + OptimumWords.best(setting)
                        + (inside
                                ? "; that is within the interval"
                                : "; "
                                        + OptimumWords.cost(
                                                cost, findings.metric().name())),
                inside ? "nothing" : "wane plan --base-from " + findings.source() + " carries the best to this setting",
                "the runs of " + findings.source());
    }
}
