package dev.wane.lab.trial;

import dev.wane.data.Batches;
import dev.wane.engine.AdamW;
import dev.wane.engine.Groups;
import dev.wane.engine.Mlp;
import dev.wane.engine.Model;
import dev.wane.engine.Outcome;
import dev.wane.engine.Torch;
import dev.wane.engine.TrainingLoop;
import dev.wane.formats.ScheduleReader;
import dev.wane.model.ModelSpec;
import dev.wane.model.Normalization;
import dev.wane.recipe.Betas;
import dev.wane.schedule.Schedule;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Runs trials on the engine. */
public final class EngineRunner implements TrialRunner {
    private static final int TELEMETRY_EVERY = 50;

    private final Tasks tasks = new Tasks();

    @Override
    public TrialResult run(TrialSpec spec, BooleanSupplier cancelled) {
        return run((EngineTrialSpec) spec, cancelled);
    }

    private TrialResult run(EngineTrialSpec spec, BooleanSupplier cancelled) {
        long start = System.nanoTime();
        Torch.useThreads(spec.threads());
        Task task = tasks.get(spec.task());
        ModelSpec modelSpec = modelSpec(spec.model());
        try (Model model = Mlp.create(
                        modelSpec,
                        task.features(),
                        task.classes(),
                        spec.seed(),
                        spec.model().initializationScale());
                AdamW optimizer = optimizer(spec.recipe(), model, modelSpec)) {
            Outcome outcome = loop(spec, cancelled).run(model, optimizer, task.training());
            Map<String, Double> metrics = outcome instanceof Outcome.Finished ? task.evaluate(model) : Map.of();
            return result(spec, outcome, metrics, (System.nanoTime() - start) / 1e9);
        }
    }

    private static TrainingLoop loop(EngineTrialSpec spec, BooleanSupplier cancelled) {
        Batches batches =
                new Batches(spec.seed(), spec.task().samples(), spec.recipe().batchSize());
        return new TrainingLoop(batches, schedule(spec.recipe().schedule()), spec.steps(), TELEMETRY_EVERY, cancelled);
    }

    private static AdamW optimizer(EngineTrialSpec.Recipe recipe, Model model, ModelSpec spec) {
        Betas betas = new Betas(recipe.betas().get(0), recipe.betas().get(1));
        return new AdamW(Groups.of(model, spec, recipe.learningRate(), recipe.weightDecay()), betas, recipe.eps());
    }

    private static ModelSpec modelSpec(EngineTrialSpec.Model model) {
        Normalization norm = Arrays.stream(Normalization.values())
                .filter(candidate -> candidate.id().equals(model.norm()))
                .findFirst()
                .orElseThrow();
        return new ModelSpec(norm, model.width(), model.depth(), model.gainLearningRate());
    }

    private static Schedule schedule(EngineTrialSpec.Schedule schedule) {
        return new Schedule(ScheduleReader.shape(schedule.kind(), schedule.floor()), schedule.warmupSteps());
    }

    /** A model whose scores are not numbers diverged in its last step, even if no loss was seen to. */
    private static TrialResult result(
            EngineTrialSpec spec, Outcome outcome, Map<String, Double> metrics, double seconds) {
        Long divergedAt = switch (outcome) {
            case Outcome.Diverged diverged -> diverged.step();
            case Outcome.Finished ignored ->
                metrics.values().stream().allMatch(Double::isFinite) ? null : Long.valueOf(spec.steps());
        };
        return new TrialResult(
                spec.id(),
                divergedAt,
                divergedAt == null ? metrics : Map.of(),
                outcome.series(),
                seconds,
                Machine.provenance());
    }
}
