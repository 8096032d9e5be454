package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.lint.Severity;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Piecewise;
import dev.wane.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "OLMo stops before its end | a.yaml | {optimizer: {learning_rate: 1e-4}, global_train_batch_size: 8, max_duration: 1000000, stop_at: 928646} | steps | 928646.0",
                "a script's variable grows | a.sh | A=\"--micro-batch-size 2 --global-batch-size 64 --train-iters 9 --lr 2e-4\"\\nA+=\" --weight-decay .1\"\\ntrain $A | weightDecay | 0.1",
                "a script's variable holds itself | a.sh | A=\"--micro-batch-size 2 --global-batch-size 64 --train-iters 9 --lr 2e-4\"\\nA=\"$A --weight-decay .1\"\\ntrain $A | learningRate | 2.0E-4",
                "a short YOLO run takes AdamW | a.yaml | {optimizer: auto, lr0: 0.02, lrf: 0.01, batch: 16, epochs: 10} | optimizer | AdamW",
                "YOLOv5's hyperparameters are of SGD | a.yaml | {lr0: 0.02, lrf: 0.01, warmup_bias_lr: 0.1, anchor_t: 4.0, fl_gamma: 0.0, weight_decay: 0.0005} | optimizer | SGD",
                "timm scales Adan's rate by the root | a.yaml | {opt: adan, sched: cosine, lr_base: 0.001, batch_size: 512, world_size: 1, epochs: 9} | learningRate | 0.004",
                "Python's True is true | a.py | optim_wrapper = dict(optimizer=dict(type='SGD', lr=1, nesterov=True))\\ntrain_dataloader = dict(batch_size=2)\\ntrain_cfg = dict(max_epochs=9) | nesterov | True",
                "an iteration is a batch before accumulation | a.py | optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.004), accumulative_counts=4)\\nauto_scale_lr = dict(enable=True, base_batch_size=16)\\ntrain_dataloader = dict(batch_size=32)\\ntrain_cfg = dict(max_epochs=9) | learningRate | 0.064",
                "detectron2 scales to its workers | a.yaml | {SOLVER: {BASE_LR: 0.02, IMS_PER_BATCH: 16, MAX_ITER: 9000, REFERENCE_WORLD_SIZE: 4}} | steps | 4500.0",
                "a Composer duration without a unit counts epochs | a.yaml | {optimizer: {name: decoupled_adamw, lr: 1e-4}, max_duration: 2, global_train_batch_size: 512} | epochs | 2.0",
                "DecoupledAdamW has betas of its own | a.yaml | {optimizer: {name: decoupled_adamw, lr: 1e-4}, max_duration: 2, global_train_batch_size: 512} | beta2 | 0.95",
                "ms-swift has defaults of its own | a.sh | megatron sft --micro_batch_size 1 --global_batch_size 16 --num_train_epochs 5 --lr 1e-5 | weightDecay | 0.1",
                "a redirection is no value | a.sh | train --micro-batch-size 2 --global-batch-size 64 --train-iters 9 --lr 1e-4 --weight-decay 0.2 2>&1 | weightDecay | 0.2",
                "fairseq's command line is fairseq's | a.sh | fairseq-train data --arch transformer --optimizer adam --adam-betas '(0.9, 0.98)' --lr 5e-4 --max-sentences 4 --update-freq 16 --max-update 50000 | beta2 | 0.98",
                "and accumulates | a.sh | fairseq-train data --arch transformer --optimizer adam --lr 5e-4 --max-sentences 4 --update-freq 16 --max-update 50000 | batchSize | 512.0",
                "Keras saves a name alone | a.json | {\"class_name\": \"Sequential\", \"config\": {\"layers\": []}, \"compile_config\": {\"optimizer\": \"adam\"}} | learningRate | 0.001",
                "an empty text is nothing | a.yaml | {opt: adamw, sched: cosine, lr: '', lr_base: 0.1, batch_size: 32, world_size: 1, epochs: 9} | learningRate | 0.1",
                "a DL4J model of old has its penalty in the layer | a.json | {\"confs\": [{\"layer\": {\"dense\": {\"l2\": 0.001, \"iUpdater\": {\"@class\": \"org.nd4j.linalg.learning.config.Sgd\", \"learningRate\": 0.1}}}}], \"backpropType\": \"Standard\"} | weightDecay | 0.001",
                "of fairseq's two limits the first holds | a.yaml | {optimizer: {_name: adam}, optimization: {lr: [1], max_update: 10000, max_epoch: 2}, dataset: {batch_size: 8}} | epochs | 2.0",
                "MosaicML's jobs wrap the file | a.yaml | {name: job, parameters: {optimizer: {name: decoupled_adamw, lr: 1e-4}, max_duration: 9ba, global_train_batch_size: 512}} | batchSize | 512.0"
            })
    void aHabitIsKnown(String habit, String name, String text, String quantity, String value) {
        ResolvedConfig config = read(name, text.replace("\\n", "\n"));

        assertThat(config.resolution().text(quantity)).as(habit).isEqualTo(value);
        assertThat(config.recipe()).as(habit).isNotNull();
    }

    /** SGD until 8.4.3, MuSGD since. */
    @Test
    void whatAutoTakesForALongYoloRunIsTheVersionsToSay() {
        Node.Mapping file = (Node.Mapping)
                TreeReader.parse("args.yaml", "{optimizer: auto, lr0: 0.02, lrf: 0.01, batch: 16, epochs: 100}");
        ResolvedConfig unknown = ConfigReader.read(new Sources(file, List.of(), 8L, 50_000.0), null);
        assertThat(unknown.resolution().text("optimizer")).isNull();
        assertThat(unknown.resolution().origin("optimizer").text())
                .contains(
                        "MuSGD, Ultralytics since 8.4.3 (SGD before 8.4.3; --version-of ultralytics=VERSION decides)");
        ResolvedConfig old = ConfigReader.read(
                new Sources(file, List.of(), 8L, 50_000.0, Map.of("ultralytics", Version.parse("8.3.0"))), null);
        assertThat(old.resolution().text("optimizer")).isEqualTo("SGD");
        assertThat(old.resolution().number("learningRate")).isEqualTo(0.01);
    }

    /** As DL4J 1.0.0-M2.1 saves a network whose builder says weightDecay(0.1); one step of it removes 2·η·0.1. */
    @Test
    void dl4jAppliesTheWeightDecayOfItsBuilderTwice() throws IOException {
        ResolvedConfig config = read("configuration.json", resource("dl4j-twice.json"));

        assertThat(config.resolution().number("weightDecay")).isEqualTo(0.2);
        assertThat(config.findings()).anyMatch(finding -> finding.rule().equals("decay-applied-twice"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(SubtleReadingsTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** torch's own flag takes λ out of the gradient. */
    @ParameterizedTest
    @ValueSource(strings = {"Adam", "NAdam", "RAdam"})
    void torchsFlagDecouples(String kind) {
        String file =
                "model: {x: 1}\ntrainer: {max_steps: 9}\ndata: {batch_size: 8}\noptimizer:\n  class_path: torch.optim."
                        + kind + "\n  init_args: {lr: 0.001, weight_decay: 0.05, decoupled_weight_decay: ";

        assertThat(Objects.requireNonNull(read("a.yaml", file + "true}\n").recipe())
                        .convention()
                        .id())
                .isEqualTo("decoupled-lr");
        assertThat(Objects.requireNonNull(read("a.yaml", file + "false}\n").recipe())
                        .convention()
                        .id())
                .isEqualTo("coupled");
    }

    /** 8 · 1 · 8 is not 256: DeepSpeed stops there. */
    @Test
    void aBatchThatIsNotItsPartsIsNoBatch() {
        String file =
                "{\"train_batch_size\": %s, \"train_micro_batch_size_per_gpu\": 8, \"gradient_accumulation_steps\": 1,"
                        + "\"zero_optimization\": {\"stage\": 2}}";

        ResolvedConfig wrong = deepSpeed(file.formatted(256));
        ResolvedConfig right = deepSpeed(file.formatted(64));

        assertThat(wrong.resolution().unresolved("batchSize")).isTrue();
        assertThat(wrong.findings())
                .anyMatch(finding -> finding.rule().equals("batch-contradiction")
                        && finding.severity() == Severity.ERROR
                        && finding.message().contains("256 contradicts"));
        assertThat(right.resolution().number("batchSize")).isEqualTo(64);
        assertThat(right.findings()).isEmpty();
    }

    private static ResolvedConfig deepSpeed(String text) {
        Node.Mapping file = (Node.Mapping) TreeReader.parse("ds.json", text);
        return ConfigReader.read(new Sources(file, List.of(), 8L, null), null);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a.sh | torchrun --nproc_per_node 4 --nnodes 2 train.py --micro-batch-size 2 --train-iters 9 --lr 1e-4 | 16",
                "a.sh | torchrun --nproc_per_node 4 --nnodes $NODES train.py --micro-batch-size 2 --train-iters 9 --lr 1e-4 | ",
                "a.yaml | {trainer: {devices: [1, 3], max_epochs: 9}, optimizer: {class_path: torch.optim.SGD, init_args: {lr: 1}}, data: {init_args: {batch_size: 8}}} | 16",
            })
    void aFileMaySayItsDevices(String name, String text, @Nullable Double batch) {
        ResolvedConfig config = ConfigReader.read(
                new Sources((Node.Mapping) TreeReader.parse(name, text), List.of(), null, null), null);

        assertThat(config.resolution().number("batchSize")).isEqualTo(batch);
    }

    /** accelerate puts DeepSpeed's CPU Adam in the place of an 8-bit AdamW, with λ in the gradient. */
    @ParameterizedTest
    @CsvSource({"adamw_bnb_8bit, cpu, coupled", "adamw_torch, cpu, decoupled-lr", "adamw_bnb_8bit, none, decoupled-lr"})
    void offloadingMayTurnAdamWIntoL2(String optimizer, String device, String convention) {
        Node.Mapping trainer = (Node.Mapping) TreeReader.parse(
                "t.yaml",
                "{output_dir: x, per_device_train_batch_size: 8, max_steps: 9, learning_rate: 1e-4, weight_decay: 0.1, optim: "
                        + optimizer + "}");
        Node.Mapping deepSpeed = (Node.Mapping) TreeReader.parse(
                "d.json",
                "{\"zero_optimization\": {\"stage\": 2, \"offload_optimizer\": {\"device\": \"" + device + "\"}}}");

        ResolvedConfig config = ConfigReader.read(new Sources(trainer, List.of(deepSpeed), 8L, null), null);

        assertThat(config.recipe().convention().id()).isEqualTo(convention);
        assertThat(config.findings()).hasSize(convention.equals("coupled") ? 1 : 0);
    }

    /** Mask2Former's base sets AdamW: without it nobody knows. */
    @Test
    void aProjectsBaseFileMaySetTheOptimizer() {
        String child = "{_BASE_: no.yaml, MODEL: {META_ARCHITECTURE: %s}, SOLVER: {BASE_LR: 1e-4}}";

        assertThat(read("a.yaml", child.formatted("MaskFormer")).recipe()).isNull();
        assertThat(read("a.yaml", child.formatted("RetinaNet"))
                        .recipe()
                        .convention()
                        .id())
                .isEqualTo("coupled");
    }

    /** DeepSpeed's scheduler is used, whatever the trainer's would have been; its warm-up is the trainer's where it says auto. */
    @Test
    void theSchedulerOfADeepSpeedFileIsNamed() {
        Node.Mapping trainer = (Node.Mapping)
                TreeReader.parse(
                        "t.yaml",
                        "{output_dir: x, per_device_train_batch_size: 8, max_steps: 900, learning_rate: 1e-4, warmup_steps: 30}");
        Node.Mapping deepSpeed = (Node.Mapping)
                TreeReader.parse(
                        "d.json",
                        "{\"zero_optimization\": {\"stage\": 2}, \"scheduler\": {\"type\": \"WarmupLR\", \"params\": {\"warmup_num_steps\": \"auto\", \"warmup_type\": \"linear\"}}}");

        ResolvedConfig config = ConfigReader.read(new Sources(trainer, List.of(deepSpeed), 8L, null), null);

        assertThat(config.resolution().text("schedule")).isEqualTo("WarmupLR");
        assertThat(config.recipe().schedule()).isEqualTo(new Schedule(new Constant(), 30));
    }

    @Test
    void whatYoloPicksIsNotKnownWithoutTheLengthOfTheRun() {
        ResolvedConfig config = ConfigReader.read(
                new Sources(
                        (Node.Mapping) TreeReader.parse("a.yaml", "{optimizer: auto, lr0: 0.02, lrf: 0.01, epochs: 9}"),
                        List.of(),
                        null,
                        null),
                null);

        assertThat(config.recipe()).isNull();
        assertThat(config.resolution().number("momentum")).isEqualTo(0.9);
    }

    /** What another program's solver is called means nothing here. */
    @Test
    void anotherSolverIsNotDetectron2s() {
        assertThatThrownBy(() -> read(
                        "a.yaml",
                        "{SOLVER: {BASE_LR: 0.1, OPTIMIZING_METHOD: adamw, MAX_EPOCH: 200}, TRAIN: {BATCH_SIZE: 16}}"))
                .hasMessageContaining("no configuration that Wane recognises");
    }

    @Test
    void whatAnExperimentOverridesIsNotKnown() {
        assertThat(read(
                                "a.yaml",
                                "{task: {train_data: {global_batch_size: 8}}, trainer: {train_steps: 9, optimizer_config:"
                                        + " {optimizer: {type: adamw}, learning_rate: {type: constant, constant: {learning_rate: 1}}}}}")
                        .resolution()
                        .number("weightDecay"))
                .isNull();
    }

    /** tensorflow-addons' AdamW does not multiply by the rate, whatever Keras' does. */
    @Test
    void aRegisteredClassIsItsPackages() {
        ResolvedConfig config = read(
                "a.json",
                "{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}, \"compile_config\": {\"optimizer\": {\"class_name\":"
                        + " \"AdamW\", \"registered_name\": \"Addons>AdamW\", \"config\": {\"learning_rate\": 1, \"weight_decay\": 0.1}}}}");

        assertThat(config.recipe().convention().id()).isEqualTo("raw");
    }

    private static ResolvedConfig read(String name, String text) {
        return ConfigReader.read(
                new Sources((Node.Mapping) TreeReader.parse(name, text), List.of(), 8L, 50_000.0), null);
    }
}
