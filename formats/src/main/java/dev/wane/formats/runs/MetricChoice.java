package dev.wane.formats.runs;

import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The figure by which runs are judged.
 *
 * @param name as the runs call it
 * @param larger whether larger is better
 * @param best whether the best over the run counts, else the last
 */
public record MetricChoice(String name, boolean larger, boolean best) {
    private static final Pattern HELD_OUT = Pattern.compile("(?i)(^|[^a-z])(val|valid|validation|eval|test)([^a-z]|$)");
    /** What decay raises, whatever it does to data held out. */
    private static final Pattern TRAINING = Pattern.compile("(?i)(^|[^a-z])train|^loss$");

    private static final Pattern SMALLER =
            Pattern.compile("(?i)(^|[^a-z])(loss|err|error|nll|ppl|perplexity|wer|cer|mse|rmse|mae|bpb|fid)([^a-z]|$)");
    private static final Pattern LARGER = Pattern.compile(
            "(?i)(^|[^a-z])(acc|accuracy|top1|top5|f1|auc|auroc|bleu|rouge|map|miou|iou|score|reward|r2|precision|recall)([^a-z]|$|\\d)");

    /**
     * Chooses.
     *
     * @param runs what was read
     * @param name as given; null takes the objective of the source, the only held-out figure there is, or the only figure
     *     that is no training loss
     * @param mode {@code min} or {@code max}; null where the name or the source says
     */
    public static @Nullable MetricChoice of(
            RunSet runs, @Nullable String name, @Nullable String mode, boolean best, Problems problems) {
        Set<String> figures = RunRecipes.figures(runs.runs());
        String chosen = name == null ? only(runs, figures, problems) : name;
        if (chosen == null) {
            return null;
        }
        if (!figures.contains(chosen)) {
            problems.add(
                    Position.option(),
                    "--metric " + chosen + ": no run has it; they have " + RunColumns.shown(figures));
            return null;
        }
        Boolean larger = mode == null ? direction(runs, chosen) : Boolean.valueOf(mode.equals("max"));
        if (larger == null) {
            problems.add(
                    Position.option(),
                    "whether more of '" + chosen + "' is better is not clear: give --mode min or max");
            return null;
        }
        return new MetricChoice(chosen, larger, best);
    }

    private static @Nullable String only(RunSet runs, Set<String> figures, Problems problems) {
        if (runs.larger().size() == 1) {
            return runs.larger().keySet().iterator().next();
        }
        List<String> known = figures.stream().filter(MetricChoice::isDirected).toList();
        List<String> heldOut =
                known.stream().filter(figure -> HELD_OUT.matcher(figure).find()).toList();
        List<String> candidates = heldOut.isEmpty() ? known : heldOut;
        if (candidates.size() == 1 && !TRAINING.matcher(candidates.getFirst()).find()) {
            return candidates.getFirst();
        }
        problems.add(
                Position.option(),
                "name the figure that the runs are judged by: --metric "
                        + (candidates.isEmpty()
                                ? "NAME; they have " + RunColumns.shown(figures)
                                : String.join(" or ", candidates)));
        return null;
    }

    private static boolean isDirected(String figure) {
        return SMALLER.matcher(figure).find() || LARGER.matcher(figure).find();
    }

    private static @Nullable Boolean direction(RunSet runs, String name) {
        Boolean said = runs.larger().get(name);
        if (said != null) {
            return said;
        }
        boolean smaller = SMALLER.matcher(name).find();
        boolean larger = LARGER.matcher(name.toLowerCase(Locale.ROOT)).find();
        return smaller == larger ? null : Boolean.valueOf(larger);
    }

    /** What a run reached, smaller better; NaN where it diverged or was not measured. */
    public double judged(PastRun run) {
        Extent extent = run.figures().get(name);
        if (extent == null) {
            return Double.NaN;
        }
        double value = best ? (larger ? extent.largest() : extent.smallest()) : extent.last();
        return larger ? -value : value;
    }

    /** A judged value as the runs wrote it. */
    public double written(double judged) {
        return larger ? -judged : judged;
    }

    /** Whether a run was measured at all. */
    public boolean measured(PastRun run) {
        return Objects.nonNull(run.figures().get(name));
    }
}
