package dev.wane.lab.transfer;

import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.TargetSpec;
import dev.wane.formats.experiment.Tuning;
import dev.wane.formats.json.Json;
import dev.wane.lab.trial.TrialSpec;
import dev.wane.model.Network;
import dev.wane.plan.Plan;
import dev.wane.plan.Planner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a study is expected to train, before anything is known of the optimum: grids are assumed not to grow. Used for
 * dry runs and remaining-time estimates.
 *
 * @param stages in order
 */
public record Outline(List<Stage> stages) {
    private static final double BEST_STANDS_OFF = 1.01;

    public Outline {
        stages = List.copyOf(stages);
    }

    /**
     * A step of the study.
     *
     * @param trials how many
     * @param cost in the unit of {@link #cost}
     */
    public record Stage(String name, int trials, double cost) {}

    /**
     * Of a study to come.
     *
     * @param quick as for {@link TransferStudy}
     */
    public static Outline of(Experiment experiment, boolean quick) {
        Trials trials = new Trials(experiment);
        ConfirmedLaws laws = new ConfirmedLaws(quick);
        List<TrialSpec> base = new ArrayList<>();
        List<TrialSpec> target = new ArrayList<>();
        List<TrialSpec> confirmation = new ArrayList<>();
        for (Network model : experiment.models()) {
            Trials.Arrangement at = new Trials.Arrangement(model, experiment.base(), 1);
            tuning(
                    trials,
                    at,
                    experiment.tuning(),
                    SearchGrid.of(experiment.tuning().places(), quick),
                    base);
            experiment.targets().forEach(to -> target(experiment, trials, laws, model, to, target, confirmation));
        }
        return new Outline(List.of(
                stage("tune λ at the base", base),
                stage("find the best λ at the targets", target),
                stage("confirm on fresh seeds", confirmation)));
    }

    /** Relative wall time of a trial: a step costs a constant, and as much again per 128 samples. */
    public static double cost(TrialSpec spec) {
        return spec.steps() * (1 + spec.batchSize() / 128.0);
    }

    /** For programs. */
    public Map<String, Object> json(Experiment experiment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("experiment", experiment.name());
        json.put("dryRun", true);
        json.put(
                "stages",
                stages.stream()
                        .map(stage -> Json.object("name", stage.name(), "trials", stage.trials()))
                        .toList());
        return json;
    }

    public double cost() {
        return stages.stream().mapToDouble(Stage::cost).sum();
    }

    private static void target(
            Experiment experiment,
            Trials trials,
            ConfirmedLaws laws,
            Network model,
            TargetSpec target,
            List<TrialSpec> tuning,
            List<TrialSpec> confirmation) {
        Tuning lattice = experiment.tuning();
        double assumed = Math.sqrt(lattice.from() * lattice.to());
        Plan plan = Planner.plan(experiment.base().withWeightDecay(assumed), target.change());
        Trials.Arrangement at = new Trials.Arrangement(model, plan.target(), target.initializationScale());
        tuning(trials, at, lattice, SearchGrid.of(Bracket.places(plan, lattice), laws.quick()), tuning);
        SharedArms.of(laws.of(plan), assumed).forEach(lambda -> confirmation.addAll(trials.confirmation(at, lambda)));
        confirmation.addAll(trials.confirmation(at, assumed));
        // The best λ is off every law's: any other value stands for it.
        confirmation.addAll(trials.confirmation(at, assumed * BEST_STANDS_OFF));
    }

    private static void tuning(
            Trials trials, Trials.Arrangement at, Tuning lattice, SearchGrid grid, List<TrialSpec> into) {
        grid.expected().forEach(place -> into.addAll(trials.tuning(at, lattice.at(place))));
    }

    private static Stage stage(String name, List<TrialSpec> trials) {
        List<TrialSpec> distinct = trials.stream().distinct().toList();
        return new Stage(
                name,
                distinct.size(),
                distinct.stream().mapToDouble(Outline::cost).sum());
    }
}
