package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.schedule.Piecewise;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader gets wrong that knows a family's keys and not its habits. */
class SubtleReadingsTest {
    private static final String MEGATRON =
            "train --micro-batch-size 2 --global-batch-size 64 --train-iters 1000 --lr 1e-3 ";
    private static final String AXOLOTL =
            "base_model: x\nmicro_batch_size: 2\ngradient_accumulation_steps: 4\nlearning_rate: 1e-4\nnum_epochs: 1\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "detectron2 may train with AdamW | a.yaml | SOLVER: {OPTIMIZER: \"ADAMW\", BASE_LR: 1e-4, WEIGHT_DECAY: 0.05} | optimizer | ADAMW",
                "Megatron's SGD has momentum | a.sh | train --micro-batch-size 2 --global-batch-size 64 --train-iters 9 --lr 1 --optimizer sgd | momentum | 0.9",
                "MMEngine scales the rate | a.py | optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.004))\\nauto_scale_lr = dict(enable=True, base_batch_size=16)\\ntrain_dataloader = dict(batch_size=32)\\ntrain_cfg = dict(max_epochs=9) | learningRate | 0.064",
                "MMEngine's iterations are parts of a step | a.py | optim_wrapper = dict(optimizer=dict(type='SGD', lr=1), accumulative_counts=2)\\ntrain_dataloader = dict(batch_size=2)\\ntrain_cfg = dict(type='IterBasedTrainLoop', max_iters=160000) | steps | 80000.0",
                "DeepSpeed's torch_adam is torch's | a.json | {\"train_batch_size\": 8, \"zero_optimization\": {}, \"optimizer\": {\"type\": \"AdamW\", \"params\": {\"lr\": 1, \"torch_adam\": true}}} | weightDecay | 0.01",
                "OLMo stops before its end | a.yaml | {optimizer: {learning_rate: 1e-4}, global_train_batch_size: 8, max_duration: 1ep, stop_at: 928646} | steps | 928646.0",
                "a script's variable grows | a.sh | A=\"--micro-batch-size 2 --global-batch-size 64 --train-iters 9 --lr 2e-4\"\\nA+=\" --weight-decay .1\"\\ntrain $A | weightDecay | 0.1",
                "a script's variable holds itself | a.sh | A=\"--micro-batch-size 2 --global-batch-size 64 --train-iters 9 --lr 2e-4\"\\nA=\"$A --weight-decay .1\"\\ntrain $A | learningRate | 2.0E-4",
                "MosaicML's jobs wrap the file | a.yaml | {name: job, parameters: {optimizer: {name: decoupled_adamw, lr: 1e-4}, max_duration: 9ba, global_train_batch_size: 512}} | batchSize | 512.0"
            })
    void aHabitIsKnown(String habit, String name, String text, String quantity, String value) {
        ResolvedConfig config = read(name, text.replace("\\n", "\n"));

        assertThat(config.resolution().text(quantity)).as(habit).isEqualTo(value);
        assertThat(config.recipe()).as(habit).isNotNull();
    }

    /** Two devices hold one sample in axolotl's sequence parallelism: 2 · 4 · 8 / 4. */
    @Test
    void sequenceParallelDevicesDoNotMultiply() {
        assertThat(read("a.yaml", AXOLOTL + "sequence_parallel_degree: 4\n")
                        .resolution()
                        .number("batchSize"))
                .isEqualTo(16);
        assertThat(read("a.yaml", AXOLOTL + "tensor_parallel_size: 2\ncontext_parallel_size: 2\n")
                        .resolution()
                        .number("batchSize"))
                .isEqualTo(16);
    }

    /** min(3 % of the steps, 100) where nothing is written: 50,000 samples at 64 are 782 steps. */
    @Test
    void axolotlWarmsUpByItself() {
        Schedule schedule = Objects.requireNonNull(
                Objects.requireNonNull(read("a.yaml", AXOLOTL).recipe()).schedule());

        assertThat(schedule.warmupSteps()).isEqualTo(23);
    }

    @Test
    void aDecayThatRisesFromZeroHasNoNumber() {
        ResolvedConfig config = read(
                "a.sh", MEGATRON + "--start-weight-decay 0.0 --end-weight-decay 0.1 --weight-decay-incr-style linear");

        assertThat(config.resolution().number("weightDecay")).isNull();
        assertThat(Objects.requireNonNull(config.recipe()).weightDecay()).isNull();
    }

    /** A cosine of 200 steps in a run of 1,000 is at its least for the rest; a warm-up by fraction is of those 200. */
    @Test
    void aScheduleMayEndBeforeItsRun() {
        Schedule schedule = Objects.requireNonNull(Objects.requireNonNull(read(
                                "a.sh",
                                MEGATRON
                                        + "--lr-decay-iters 200 --lr-decay-style cosine --min-lr 1e-4 --lr-warmup-fraction 0.1")
                        .recipe())
                .schedule());

        assertThat(schedule.warmupSteps()).isEqualTo(20);
        assertThat(schedule.shape()).isInstanceOf(Piecewise.class);
        assertThat(schedule.multiplier(110, 1000)).isCloseTo(0.55, within(0.005));
        assertThat(schedule.multiplier(200, 1000)).isCloseTo(0.1, within(0.001));
        assertThat(schedule.multiplier(999, 1000)).isCloseTo(0.1, within(0.001));
    }

    private static ResolvedConfig read(String name, String text) {
        return ConfigReader.read(
                new Sources((Node.Mapping) TreeReader.parse(name, text), List.of(), 8L, 50_000.0), null);
    }
}
