package dev.wane.lab.transfer;

import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.TargetSpec;
import dev.wane.lab.fit.Curve;
import dev.wane.lab.fit.Optimum;
import dev.wane.lab.run.Executor;
import dev.wane.lab.run.TrialListener;
import dev.wane.lab.store.Store;
import dev.wane.lab.trial.Provenance;
import dev.wane.lab.trial.TrialResult;
import dev.wane.lab.trial.TrialSpec;
import dev.wane.model.Network;
import dev.wane.plan.Alternative;
import dev.wane.plan.Plan;
import dev.wane.plan.Planner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The main job: tune λ at the base, plan it for each target by every law, find the target's own best λ, train all of them
 * on fresh seeds, and judge. Tuning looks at validation images only; the test images are read by the confirmation runs.
 */
public final class TransferStudy {
    private final Experiment experiment;
    private final boolean quick;
    private final Executor executor;
    private final Store store;
    private final TrialListener listener;
    private final Provenance provenance;
    private final Trials trials;
    private final ConfirmedLaws laws;
    private final Map<String, TrialResult> results = new ConcurrentHashMap<>();
    private final Map<String, TrialSpec> used = new LinkedHashMap<>();

    /**
     * @param experiment as it is to be run
     * @param quick whether it was cut down: then only the recommended law is judged, see {@link ConfirmedLaws}, and a
     *     best λ is looked for from the middle of its grid, see {@link SearchGrid}
     * @param provenance of what trains and judges
     */
    public TransferStudy(
            Experiment experiment,
            boolean quick,
            Executor executor,
            Store store,
            TrialListener listener,
            Provenance provenance) {
        this.experiment = experiment;
        this.quick = quick;
        this.executor = executor;
        this.store = store;
        this.listener = listener;
        this.provenance = provenance;
        this.trials = new Trials(experiment);
        this.laws = new ConfirmedLaws(quick);
    }

    /**
     * Runs the study; what the store already has is not run again.
     *
     * <p>Where every λ diverges, that is the result of its setting.
     */
    public TransferResult run() {
        long start = System.nanoTime();
        List<CurveSearch> bases =
                experiment.models().stream().map(this::baseSearch).toList();
        tune(bases);
        List<Leg> legs = bases.stream().flatMap(base -> legs(base).stream()).toList();
        tune(legs.stream().map(Leg::search).toList());
        confirm(legs);
        List<TransferResult.ModelResult> models =
                bases.stream().map(base -> modelResult(base, legs)).toList();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new TransferResult(experiment, quick, models, used.size(), seconds, provenance, failures());
    }

    /** One network on its way from the base to one target. */
    private record Leg(CurveSearch base, TargetSpec target, Plan plan, CurveSearch search) {}

    private CurveSearch baseSearch(Network model) {
        Trials.Arrangement arrangement = new Trials.Arrangement(model, experiment.base(), 1);
        return search(arrangement, experiment.tuning().places());
    }

    private CurveSearch search(Trials.Arrangement arrangement, List<Integer> places) {
        return new CurveSearch(trials, arrangement, experiment.tuning(), SearchGrid.of(places, quick));
    }

    private List<Leg> legs(CurveSearch base) {
        double tuned = curve(base).optimum().weightDecay();
        return experiment.targets().stream()
                .map(target -> {
                    Plan plan = Planner.plan(experiment.base().withWeightDecay(tuned), target.change());
                    Trials.Arrangement arrangement = new Trials.Arrangement(
                            base.arrangement().model(), plan.target(), target.initializationScale());
                    List<Integer> places = Bracket.places(plan, experiment.tuning());
                    return new Leg(base, target, plan, search(arrangement, places));
                })
                .toList();
    }

    private void tune(List<CurveSearch> searches) {
        List<CurveSearch> growing = searches;
        while (!growing.isEmpty()) {
            run(growing.stream().flatMap(search -> search.trials().stream()).toList());
            growing = growing.stream()
                    .filter(search -> search.grow(this::validation))
                    .toList();
        }
    }

    private void confirm(List<Leg> legs) {
        run(legs.stream()
                .flatMap(leg -> weightDecays(leg).stream()
                        .flatMap(lambda -> trials.confirmation(leg.search().arrangement(), lambda).stream()))
                .toList());
    }

    private List<Double> weightDecays(Leg leg) {
        List<Double> lambdas = new ArrayList<>();
        lambdas.addAll(SharedArms.of(laws.of(leg.plan()), unscaled(leg.plan())));
        lambdas.add(unscaled(leg.plan()));
        lambdas.add(curve(leg.search()).optimum().weightDecay());
        return lambdas;
    }

    private TransferResult.ModelResult modelResult(CurveSearch base, List<Leg> legs) {
        Curve curve = curve(base);
        List<TransferResult.TargetResult> targets = legs.stream()
                .filter(leg -> leg.base() == base)
                .map(this::targetResult)
                .toList();
        return new TransferResult.ModelResult(base.arrangement().model(), curve, curve.optimum(), targets);
    }

    private TransferResult.TargetResult targetResult(Leg leg) {
        Curve curve = curve(leg.search());
        Optimum optimum = curve.optimum();
        Arm best = arm(leg, optimum.weightDecay());
        List<Alternative> planned = laws.of(leg.plan());
        List<Judgement> judged = Judgement.family(
                SharedArms.of(planned, unscaled(leg.plan())).stream()
                        .map(lambda -> arm(leg, lambda))
                        .toList(),
                best,
                experiment.margin());
        return new TransferResult.TargetResult(
                leg.target(),
                leg.plan().target(),
                leg.plan(),
                curve,
                optimum,
                IntStream.range(0, planned.size())
                        .mapToObj(i -> new TransferResult.Planned(planned.get(i), judged.get(i)))
                        .toList(),
                Judgement.alone(arm(leg, unscaled(leg.plan())), best, experiment.margin()),
                best);
    }

    private Arm arm(Leg leg, double weightDecay) {
        List<TrialResult> runs = trials.confirmation(leg.search().arrangement(), weightDecay).stream()
                .map(this::result)
                .toList();
        return Arm.of(weightDecay, runs, experiment.metric());
    }

    private static double unscaled(Plan plan) {
        return Objects.requireNonNull(plan.base().weightDecay());
    }

    private void run(List<TrialSpec> specs) {
        specs.forEach(spec -> used.put(spec.id(), spec));
        executor.run(specs, listener);
    }

    private Curve curve(CurveSearch search) {
        return search.curve(this::validation);
    }

    private double validation(TrialSpec spec) {
        return experiment
                .metric()
                .judged(result(spec).metric("validation." + experiment.metric().id()));
    }

    private TrialResult result(TrialSpec spec) {
        return results.computeIfAbsent(
                spec.id(),
                id -> store.result(id)
                        .or(() -> store.failure(id).map(failure -> withoutFigure(id)))
                        .orElseThrow(() -> new StudyException("trial " + id + " has no result")));
    }

    /** A trial that failed counts as one that diverged, and is named with its reason. */
    private TrialResult withoutFigure(String id) {
        return new TrialResult(id, 0L, Map.of(), List.of(), 0, provenance);
    }

    private List<FailedTrial> failures() {
        return store.failed(used.keySet()).stream()
                .sorted()
                .flatMap(id -> store.failure(id).stream()
                        .map(failure -> FailedTrial.of(Objects.requireNonNull(used.get(id)), failure)))
                .toList();
    }
}
