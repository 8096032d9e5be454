package dev.wane.watch;

import dev.wane.groups.KnownModel;
import dev.wane.groups.SeenStart;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Start;
import dev.wane.recipe.TrainingScale;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run as far as it was logged.
 *
 * @param source the logs
 * @param recipe what it was meant to train with; null where nobody said
 * @param traces by the names of the log
 * @param parameters those that a probe saw; empty without one
 * @param restarts steps to which the run went back
 * @param model what a probe tells of the model; empty without one
 */
public record WatchedRun(
        String source,
        @Nullable Recipe recipe,
        Map<String, Trace> traces,
        List<WatchedParameter> parameters,
        List<Double> restarts,
        Optional<KnownModel> model) {
    private static final Pattern RATE =
            Pattern.compile("(?i)(lr|learning_?rate|(.*[./])(lr|learning_?rate)|lr[-/].*|lr_.*)");
    /** What loggers write beside a rate under its name. */
    private static final Pattern NO_RATE =
            Pattern.compile("(?i).*(momentum|weight_?decay|betas?|scale|mult(iplier)?)$");

    private static final Pattern DECAY = Pattern.compile("(?i)(.*[./])?(lr-.*[-/])?(weight_?decay|wd)");
    private static final Pattern TRAIN = Pattern.compile(
            "(?i)(.*[./])?(loss|train_?loss|training_?loss|train_loss_step)|(.*/)?train/loss|loss/train.*");
    private static final Pattern HELD_OUT =
            Pattern.compile("(?i).*(eval|val|valid|validation|test)[_/.]?loss|loss/(val|valid|validation|eval|test)");
    private static final Pattern GRADIENT = Pattern.compile("(?i)(.*[./])?(grad|gradient)_?norm");
    private static final String NORMS = "norms.";

    /** What a probe measures of a parameter. */
    public enum Norm {
        /** ‖w‖ after the step. */
        WEIGHT(0),
        /** ‖g‖ of the step. */
        GRADIENT(1),
        /** ‖Δw‖ of the step. */
        UPDATE(2);

        private final int place;

        Norm(int place) {
            this.place = place;
        }
    }

    /** Copies the lists. */
    public WatchedRun {
        parameters = List.copyOf(parameters);
        restarts = List.copyOf(restarts);
    }

    /**
     * η as logged: of several groups the one whose peak is nearest to the meant one, or the largest where none was meant.
     *
     * @return empty where it was not logged
     */
    public Optional<Trace> learningRate() {
        Double meant = recipe == null ? null : recipe.learningRate();
        return traces.entrySet().stream()
                .filter(entry -> RATE.matcher(entry.getKey()).matches())
                .filter(entry -> !NO_RATE.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .max(Comparator.comparingDouble(
                        trace -> meant == null ? trace.max() : -Math.abs(Math.log(trace.max() / meant))));
    }

    /**
     * λ as logged: of several groups the one with the largest.
     *
     * @return empty where it was not logged
     */
    public Optional<Trace> weightDecay() {
        return traces.entrySet().stream()
                .filter(entry -> DECAY.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .max(Comparator.comparingDouble(Trace::max));
    }

    /**
     * λ of every group that is decayed at some step; the one with the largest where none is.
     *
     * @return empty where it was not logged
     */
    public List<Trace> weightDecays() {
        List<Trace> decayed = traces.entrySet().stream()
                .filter(entry -> DECAY.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .filter(trace -> trace.max() > 0)
                .toList();
        return decayed.isEmpty() ? weightDecay().stream().toList() : decayed;
    }

    /**
     * The training loss.
     *
     * @return empty where it was not logged
     */
    public Optional<Trace> trainLoss() {
        return shortest(TRAIN.asMatchPredicate().and(HELD_OUT.asMatchPredicate().negate()));
    }

    /**
     * The loss on data held out.
     *
     * @return empty where it was not logged
     */
    public Optional<Trace> heldOutLoss() {
        return shortest(HELD_OUT.asMatchPredicate());
    }

    /**
     * The norm of the whole gradient: as logged, else from the parameters'.
     *
     * @return empty where neither was logged
     */
    public Optional<Trace> gradientNorm() {
        return shortest(GRADIENT.asMatchPredicate()).or(this::summed);
    }

    private Optional<Trace> summed() {
        List<Trace> parts = parameters.stream()
                .flatMap(parameter -> norm(parameter, Norm.GRADIENT).stream())
                .toList();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Trace whole = new Trace(4096);
        parts.getFirst().samples().forEach(sample -> {
            double squares = parts.stream()
                    .mapToDouble(part -> part.at(sample.step()))
                    .filter(Double::isFinite)
                    .map(value -> value * value)
                    .sum();
            whole.add(sample.step(), Math.sqrt(squares));
        });
        return Optional.of(whole);
    }

    private Optional<Trace> shortest(Predicate<String> names) {
        return traces.entrySet().stream()
                .filter(entry -> names.test(entry.getKey()))
                .filter(entry -> !entry.getValue().isEmpty())
                .min(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue);
    }

    /**
     * A norm of a parameter.
     *
     * @param parameter of this run
     * @param norm which
     * @return empty where a probe did not measure it
     */
    public Optional<Trace> norm(WatchedParameter parameter, Norm norm) {
        return Optional.ofNullable(traces.get(NORMS + parameter.name() + "." + norm.place));
    }

    /**
     * A figure of the rows of a table.
     *
     * @param parameter of this run
     * @param name {@code min}, {@code median}, {@code without_gradient}, {@code silent_rms}, {@code silent_start}
     * @return empty where a probe did not measure it
     */
    public Optional<Trace> rows(WatchedParameter parameter, String name) {
        return Optional.ofNullable(traces.get("rows." + parameter.name() + "." + name));
    }

    /**
     * How far the run is.
     *
     * @return the last step of any trace; 0 without traces
     */
    public double lastStep() {
        return traces.values().stream()
                .filter(trace -> !trace.isEmpty())
                .mapToDouble(trace -> trace.last().step())
                .max()
                .orElse(0);
    }

    /**
     * What the weights start from: as meant, else as it shows.
     *
     * @return scratch where nothing says otherwise
     */
    public Start start() {
        Start meant = recipe == null ? Start.SCRATCH : recipe.start();
        return meant == Start.SCRATCH
                ? model.flatMap(KnownModel::start).map(SeenStart::start).orElse(meant)
                : meant;
    }

    /**
     * How long it is meant to be.
     *
     * @return steps; 0 where that is not known
     */
    public long plannedSteps() {
        return recipe == null ? 0 : TrainingScale.of(recipe).executedSteps();
    }

    /**
     * The λ that decayed parameters have: as logged, else as probed, else as meant.
     *
     * @return NaN where nothing says
     */
    public double lambda() {
        double probed = parameters.stream()
                .mapToDouble(WatchedParameter::weightDecay)
                .max()
                .orElse(Double.NaN);
        double meant = recipe == null || recipe.weightDecay() == null ? Double.NaN : recipe.weightDecay();
        return weightDecay().map(trace -> trace.last().value()).orElse(Double.isNaN(probed) ? meant : probed);
    }

    /**
     * The λ at a step, where it was logged; else that of the run.
     *
     * @param step of the run
     * @return NaN where nothing says
     */
    public double lambda(double step) {
        double logged = weightDecay().map(trace -> trace.at(step)).orElse(Double.NaN);
        return Double.isNaN(logged) ? lambda() : logged;
    }
}
