package dev.wane.lab.past;

import dev.wane.explain.ExplainedGroup;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.runs.MetricChoice;
import dev.wane.formats.runs.RunRecipes;
import dev.wane.formats.runs.RunSet;
import dev.wane.formats.runs.SweepRun;
import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lays past runs out by timescale and looks for the best, setting by setting. */
public final class SweepAnalysis {
    /** Of the weights' logarithm: what the verdict of an explanation calls inert. */
    private static final double INERT = 0.1;

    private final RunSet set;
    private final MetricChoice metric;

    private SweepAnalysis(RunSet set, MetricChoice metric) {
        this.set = set;
        this.metric = metric;
    }

    /**
     * Analyses.
     *
     * @param runs the runs of the set with their recipes
     * @throws InputException if no run can be placed
     */
    public static SweepFindings of(RunSet set, List<SweepRun> runs, MetricChoice metric) {
        return of(set, List.of(runs.size()), runs, metric);
    }

    /**
     * Analyses runs of several sources, which may hold the same.
     *
     * @param sizes how many of the runs are of each source, in their order
     * @throws InputException if no run can be placed
     */
    public static SweepFindings of(RunSet set, List<Integer> sizes, List<SweepRun> runs, MetricChoice metric) {
        return new SweepAnalysis(set, metric).findings(runs, SameRuns.once(runs, sizes, metric));
    }

    private SweepFindings findings(List<SweepRun> all, List<SweepRun> runs) {
        List<SweepRun> finished =
                runs.stream().filter(run -> run.run().finished()).toList();
        List<SweepRun> measured =
                finished.stream().filter(run -> metric.measured(run.run())).toList();
        Map<Recipe, List<SweepRun>> bySetting = measured.stream()
                .collect(Collectors.groupingBy(run -> setting(run.recipe()), LinkedHashMap::new, Collectors.toList()));
        Map<Recipe, String> labels = SettingLabel.of(List.copyOf(bySetting.keySet()));
        List<SettingFindings> settings = new ArrayList<>();
        Splits splits = new Splits(results());
        List<SweepPart> seen = new ArrayList<>();
        int inert = 0;
        for (Map.Entry<Recipe, List<SweepRun>> entry : bySetting.entrySet()) {
            List<SweepRun> each = entry.getValue();
            TimescaleAxis axis =
                    TimescaleAxis.of(each.stream().map(SweepRun::recipe).toList());
            List<Placed> placed = placed(each, axis);
            String label = Objects.requireNonNull(labels.get(entry.getKey()));
            inert += placed.isEmpty() ? 0 : inert(placed);
            for (Splits.Part part : placed.isEmpty() ? List.<Splits.Part>of() : splits.of(placed)) {
                TimescaleFit fit = TimescaleFit.of(part.runs());
                settings.add(setting(joined(label, part.label(), bySetting.size()), axis, part.runs(), fit));
                seen.add(SweepPart.of(seen(part.runs(), fit)));
            }
        }
        if (settings.isEmpty()) {
            throw nothing(measured);
        }
        settings.sort(Comparator.comparingInt((SettingFindings each) -> each.places().length)
                .reversed());
        return new SweepFindings(
                set.source(),
                set.kind(),
                metric,
                counts(runs, finished, measured, inert),
                settings,
                Dimensions.of(seen, results()),
                Stream.concat(twice(all.size() - runs.size()), notes(settings).stream())
                        .toList());
    }

    /** The runs of a fit's window. */
    private static List<Placed> seen(List<Placed> runs, @Nullable TimescaleFit fit) {
        return fit == null
                ? List.of()
                : runs.stream()
                        .filter(run -> run.place() >= fit.nearest() && run.place() <= fit.farthest())
                        .toList();
    }

    private static Stream<String> twice(int runs) {
        return runs == 0 ? Stream.empty() : Stream.of(runs + " runs are in several sources, and count once");
    }

    private static String joined(String label, String part, int settings) {
        return part.isEmpty() ? label : settings == 1 ? part : label + ", " + part;
    }

    private static Recipe setting(Recipe recipe) {
        return recipe.but().learningRate(null).weightDecay(null).build();
    }

    private List<Placed> placed(List<SweepRun> runs, TimescaleAxis axis) {
        return runs.stream()
                .map(run -> new Placed(run, axis.of(run.recipe()), metric.judged(run.run())))
                .filter(run -> Double.isFinite(run.place()) && run.place() > 0 && Double.isFinite(run.judged()))
                .toList();
    }

    private SettingFindings setting(String label, TimescaleAxis axis, List<Placed> placed, @Nullable TimescaleFit fit) {
        Placed best =
                placed.stream().min(Comparator.comparingDouble(Placed::judged)).orElseThrow();
        double[] rates = placed.stream().mapToDouble(Placed::learningRate).toArray();
        return new SettingFindings(
                label,
                best.run().recipe(),
                axis,
                placed.stream().mapToDouble(Placed::place).toArray(),
                placed.stream().mapToDouble(run -> metric.written(run.judged())).toArray(),
                rates,
                placed.stream()
                        .mapToDouble(
                                run -> Objects.requireNonNull(run.run().recipe().weightDecay()))
                        .toArray(),
                best.run(),
                best.place(),
                metric.written(best.judged()),
                fit,
                fit == null ? "fewer than five runs, or fewer than three timescales" : null,
                LearningRateEffect.confounded(placed),
                NextRuns.of(best.run().recipe(), axis, placed, fit));
    }

    /** Figures that only logs have are results; of those of a table the metric, and what reads like one. */
    private Set<String> results() {
        return RunRecipes.figures(set.runs()).stream()
                .filter(name -> !set.mixed() || name.equals(metric.name()) || ResultName.is(name))
                .collect(Collectors.toSet());
    }

    private RunCounts counts(List<SweepRun> runs, List<SweepRun> finished, List<SweepRun> measured, int inert) {
        int diverged = count(measured, run -> !Double.isFinite(metric.judged(run.run())));
        int off = count(
                measured,
                run -> run.recipe().weightDecay() != null && run.recipe().weightDecay() == 0);
        int unplaced = count(
                measured,
                run -> run.recipe().weightDecay() == null || run.recipe().learningRate() == null);
        return new RunCounts(
                set.runs().size(),
                runs.size() - finished.size(),
                finished.size() - measured.size(),
                diverged,
                off,
                unplaced,
                inert);
    }

    private static int count(List<SweepRun> runs, Predicate<SweepRun> which) {
        return (int) runs.stream().filter(which).count();
    }

    /** Σd_t is proportional to 1/τ: one run of a setting stands for all, however long their schedule. */
    private static int inert(List<Placed> placed) {
        Placed one = placed.getFirst();
        double total = ExplainedGroup.of("run", one.run().recipe()).retention().total() * one.place();
        return (int) placed.stream().filter(run -> total / run.place() < INERT).count();
    }

    private static List<String> notes(List<SettingFindings> settings) {
        List<String> notes = new ArrayList<>();
        if (settings.stream().anyMatch(each -> each.axis() == TimescaleAxis.STEPS)) {
            notes.add(
                    "timescales are in steps: with --batch-size (or --replicas beside a device's batch) and --dataset-size, or columns of"
                            + " that name, they would be in epochs, which compare between batch sizes");
        }
        if (settings.stream().anyMatch(each -> !each.axis().isTimescale())) {
            notes.add(
                    "this optimizer's λ has no timescale: it is laid out by 1/λ, and what is best holds at its learning rate");
        }
        return notes;
    }

    private InputException nothing(List<SweepRun> measured) {
        String why = measured.isEmpty()
                ? "no finished run has '" + metric.name() + "'"
                : "of no run are learning rate and weight decay known: name the columns by --column"
                        + " learningRate=… and --column weightDecay=…, or say --lr or --weight-decay of all";
        return new InputException(List.of(new Problem(new Position(set.source(), 0, 0), why)));
    }
}
