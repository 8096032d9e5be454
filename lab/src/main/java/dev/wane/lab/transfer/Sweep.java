package dev.wane.lab.transfer;

import dev.wane.formats.experiment.Experiment;
import dev.wane.lab.run.Executor;
import dev.wane.lab.run.TrialListener;
import dev.wane.lab.store.Store;
import dev.wane.lab.trial.TrialFailure;
import dev.wane.lab.trial.TrialResult;
import dev.wane.lab.trial.TrialSpec;
import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every λ of a grid, crossed with the learning rates that are listed, with every tuning seed: what a study does at its base,
 * by itself. Judged on validation; the test set is not read.
 */
public final class Sweep {
    private final Experiment experiment;
    private final Trials trials;

    /** Of an experiment, whose targets play no part. */
    public Sweep(Experiment experiment) {
        this.experiment = experiment;
        this.trials = new Trials(experiment);
    }

    /**
     * A run of the sweep.
     *
     * @param network its name
     * @param value of the metric; NaN where it diverged or failed
     * @param failure why there is none; null where the run ended
     */
    public record Row(
            String network,
            double learningRate,
            double weightDecay,
            long seed,
            double value,
            boolean diverged,
            @Nullable String failure,
            double seconds) {}

    private record Cell(String network, double learningRate, double weightDecay, long seed, TrialSpec spec) {}

    /** How many runs it has. */
    public int size() {
        return cells().size();
    }

    /** What a run of it costs in the unit of {@link Outline#cost}. */
    public Outline outline() {
        List<TrialSpec> specs = cells().stream().map(Cell::spec).toList();
        double cost = specs.stream().mapToDouble(Outline::cost).sum();
        return new Outline(List.of(new Outline.Stage("sweep", specs.size(), cost)));
    }

    /** Trains what the store does not have. */
    public List<Row> run(Executor executor, Store store, TrialListener listener) {
        List<Cell> cells = cells();
        executor.run(cells.stream().map(Cell::spec).toList(), listener);
        return cells.stream().map(cell -> row(cell, store)).toList();
    }

    private List<Cell> cells() {
        List<Double> rates = experiment.tuning().learningRates();
        List<Cell> cells = new ArrayList<>();
        experiment.models().forEach(model -> {
            for (double rate : rates.isEmpty() ? List.of(rate(experiment.base())) : rates) {
                Recipe recipe = experiment.base().but().learningRate(rate).build();
                for (int place : experiment.tuning().places()) {
                    double weightDecay = experiment.tuning().at(place);
                    List<TrialSpec> seeds = trials.tuning(new Trials.Arrangement(model, recipe, 1), weightDecay);
                    for (int seed = 0; seed < seeds.size(); seed++) {
                        cells.add(new Cell(model.label(), rate, weightDecay, seed + 1, seeds.get(seed)));
                    }
                }
            }
        });
        return cells;
    }

    private static double rate(Recipe base) {
        return base.learningRate() == null ? Double.NaN : base.learningRate();
    }

    private Row row(Cell cell, Store store) {
        Optional<TrialResult> result = store.result(cell.spec().id());
        Optional<TrialFailure> failure = result.isPresent()
                ? Optional.empty()
                : store.failure(cell.spec().id());
        if (result.isEmpty() && failure.isEmpty()) {
            throw new StudyException("trial " + cell.spec().id() + " has no result");
        }
        boolean diverged = result.map(TrialResult::diverged).orElse(false);
        double value = diverged
                ? Double.NaN
                : result.map(each ->
                                each.metric("validation." + experiment.metric().id()))
                        .orElse(Double.NaN);
        return new Row(
                cell.network(),
                cell.learningRate(),
                cell.weightDecay(),
                cell.seed(),
                value,
                diverged,
                failure.map(TrialFailure::getMessage).orElse(null),
                result.map(TrialResult::seconds).orElse(0.0));
    }
}
