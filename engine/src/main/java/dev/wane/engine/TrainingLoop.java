package dev.wane.engine;

import dev.wane.data.Batches;
import dev.wane.schedule.Schedule;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The training loop. Whatever a step allocates is freed at its end.
 *
 * @param batches which samples each step sees
 * @param schedule learning rate over the run
 * @param steps S ≥ 1
 * @param telemetryEvery steps between measurements, ≥ 1
 * @param cancelled asked before each step
 */
public record TrainingLoop(
        Batches batches, Schedule schedule, long steps, int telemetryEvery, BooleanSupplier cancelled) {
    /** A loss above this many nats counts as divergence: ten-class networks start near 2.3. */
    public static final double EXPLODED = 1000;

    /**
     * Trains a model in place.
     *
     * @throws CancellationException if cancelled between two steps
     */
    public Outcome run(Model model, AdamW optimizer, Examples training) {
        Telemetry telemetry = new Telemetry(telemetryEvery);
        for (long step = 0; step < steps; step++) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("cancelled before step " + step);
            }
            try (PointerScope _ = new PointerScope()) {
                Tensor loss = model.loss(training.select(batches.at(step)));
                double value = loss.item_float();
                if (!(value <= EXPLODED)) {
                    return new Outcome.Diverged(step, value, telemetry.samples());
                }
                loss.backward();
                telemetry.around(step, steps, value, schedule.multiplier(step, steps), optimizer);
            }
        }
        return new Outcome.Finished(telemetry.samples());
    }
}
