package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.tree.Interpolation;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.lint.Finding;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final String TRAINER = """
            model_name_or_path: some/model
            torch_dtype: bfloat16
            bf16: true
            gradient_accumulation_steps: 2
            learning_rate: 2.0e-05
            lr_scheduler_type: cosine
            max_seq_length: 2048
            max_steps: -1
            num_train_epochs: 2
            output_dir: out
            per_device_train_batch_size: 16
            warmup_ratio: 0.1
            """;
    private static final String ACCELERATE = """
            compute_environment: LOCAL_MACHINE
            distributed_type: DEEPSPEED
            num_machines: 1
            num_processes: 8
            """;

    /** What only some runs are given, or only one of two commands, is not known; what an echo prints is nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "python p.py ARGS --optimizer=\"sgd\" --weight-decay='0.2'|sgd|0.2",
                "python p.py ARGS --optimizer=sgd --weight-decay=\"0.2\"|sgd|0.2",
                "if [ $X = 1 ]; then EXTRA=\"--optimizer sgd\"; fi; python p.py ARGS $EXTRA|null|0.01",
                "EXTRA=''; if [ $X = 1 ]; then EXTRA='--weight-decay 0.2'; fi; python p.py ARGS $EXTRA|adam|null",
                "if [ -z \"$WD\" ]; then WD=0.2; fi; python p.py ARGS --weight-decay $WD|adam|0.2",
                "case $X in a) WD=0.2 ;; b) WD=0.3 ;; esac; python p.py ARGS --weight-decay $WD|adam|null",
                "for WD in 0.1 0.2; do python p.py ARGS --weight-decay $WD; done|adam|null",
                "python p.py ARGS --weight-decay 0.2; python p.py ARGS --optimizer sgd|null|null",
                "python prepare.py --optimized; python p.py ARGS --weight-decay 0.2|adam|0.2",
                "echo \"try --optimizer sgd\"; python p.py ARGS|adam|0.01",
                "N=8 python p.py ARGS --weight-decay 0.2 $MORE|adam|0.2",
                "train() { local WD=0.2; python p.py ARGS --weight-decay $WD; }|adam|0.2",
            })
    void aScriptIsReadAsFarAsItIsCertain(String script, String optimizer, String weightDecay) {
        String arguments = "--lr 1e-3 --train-iters 9 --global-batch-size 8";
        Resolution resolution =
                read("a.sh", script.replace("ARGS", arguments), 1L, null).resolution();

        assertThat(String.valueOf(resolution.text("optimizer"))).isEqualTo(optimizer);
        assertThat(String.valueOf(resolution.number("weightDecay"))).isEqualTo(weightDecay);
        assertThat(resolution.number("learningRate")).isEqualTo(1e-3);
    }

    /** What bends a trainer's run in a way that is not followed leaves it unknown; the rest is read as it trains. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optim: stable_adamw|optimizer|stable_adamw",
                "{optim: stable_adamw, optim_args: decouple_lr=True}|optimizer|stable_adamw with decouple_lr",
                "use_muon: true|optimizer|muon",
                "adafactor: true|optimizer|adafactor",
                "lr_scheduler_kwargs: {num_cycles: 2}|schedule|null",
                "{lr_scheduler_type: polynomial, lr_scheduler_kwargs: {power: 4}}|schedule|null",
                "{lr_scheduler_type: polynomial, lr_scheduler_kwargs: {power: 1}}|schedule|polynomial",
                "{lr_scheduler_type: cosine_with_min_lr, lr_scheduler_kwargs: '{\"min_lr_rate\": 0.5}'}|floor|0.5",
                "{warmup_steps: 10, warmup_ratio: 0.1}|warmupSteps|null",
                "accelerator_config: {split_batches: true}|batchSize|32.0",
                "tensor_model_parallel_size: 4|batchSize|64.0",
                "{tensor_model_parallel_size: 2, expert_model_parallel_size: 2}|batchSize|null",
                "num_generations: 8|datasetSize|8000.0",
            })
    void trainingArgumentsThatChangeWhatTheOthersSay(String more, String quantity, String value) {
        Map<String, Node.Entry> entries =
                new LinkedHashMap<>(((Node.Mapping) TreeReader.parse("t.yaml", TRAINER)).entries());
        entries.putAll(((Node.Mapping) TreeReader.parse("more.yaml", more)).entries());
        Node.Mapping tree = new Node.Mapping(new Position("t.yaml", 1, 1), entries);

        Resolution resolution = ConfigReader.read(new Sources(tree, List.of(), 8L, 1000.0), null)
                .resolution();

        assertThat(String.valueOf(resolution.text(quantity))).isEqualTo(value);
    }

    /** ms-swift takes the trainer's arguments, with other defaults. */
    @Test
    void swiftHasDefaultsOfItsOwn() {
        Resolution swift = read(
                        "s.sh",
                        "NPROC_PER_NODE=2 \\\nswift sft \\\n --model a --tuner_type full --num_train_epochs 1"
                                + " --learning_rate 1e-5 --per_device_train_batch_size 4 --output_dir o",
                        2L,
                        null)
                .resolution();

        assertThat(swift.number("weightDecay")).isEqualTo(0.1);
        assertThat(swift.number("beta2")).isEqualTo(0.95);
        assertThat(swift.text("schedule")).isEqualTo("cosine");
        assertThat(swift.unresolved("batchSize")).isTrue();
    }

    /** diffusers' and DeepSpeed-Chat's scripts share names with TrainingArguments, and mean other defaults. */
    @Test
    void argumentsOfAnotherProgramAreNotTheTrainers() {
        assertThatThrownBy(() -> read(
                        "d.sh",
                        "accelerate launch train.py --learning_rate 1e-4 --max_train_steps 9 --lr_warmup_steps 0"
                                + " --output_dir o --num_train_epochs 1",
                        1L,
                        null))
                .isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"scheduler\": {\"type\": \"WarmupDecayLR\", \"params\": {}}|learningRate|0.001",
                "\"scheduler\": {\"type\": \"LRRangeTest\", \"params\": {}}|learningRate|null",
                "\"sequence_parallel_size\": 2|batchSize|32.0",
                "\"elasticity\": {\"enabled\": true}|batchSize|null",
            })
    void deepSpeedsOwnKeysCount(String more, String quantity, String value) {
        String file = "{\"train_micro_batch_size_per_gpu\": 4, \"gradient_accumulation_steps\": 2,"
                + " \"optimizer\": {\"type\": \"AdamW\", \"params\": {\"lr\": 1e-4}}, " + more + "}";

        assertThat(String.valueOf(read("ds.json", file, 8L, null).resolution().text(quantity)))
                .isEqualTo(value);
    }

    /** A schedule that ends at a step of its own ends there, also where the run is counted in epochs. */
    @Test
    void aScheduleOfItsOwnLengthIsNotStretchedOverEpochs() {
        String fairseq = """
                optimization: {max_epoch: 3, lr: [0.001]}
                optimizer: {_name: adam, weight_decay: 0.1}
                dataset: {batch_size: 8}
                lr_scheduler: {_name: polynomial_decay, total_num_update: 1000}
                """;

        Schedule schedule = read("f.yaml", fairseq, 1L, 100_000.0).recipe().schedule();

        assertThat(schedule.multiplier(500, 37_500)).isCloseTo(0.5, within(0.01));
        assertThat(schedule.multiplier(1500, 37_500)).isZero();
    }

    /** A reference within what a reference names is seen from where that stands. */
    @Test
    void aReferenceIsSeenFromWhereItStands() {
        String yaml =
                "learningRate: 1e-3\nweightDecay: ${a.c}\noptimizer: adamw\na: {c: \"${.d}\", d: 0.0002}\nd: 0.5\n";

        assertThat(Interpolation.resolve((Node.Mapping) TreeReader.parse("h.yaml", yaml))
                        .entries()
                        .get("weightDecay")
                        .value()
                        .kind())
                .isEqualTo("'0.0002'");
    }

    @Test
    void nothingIsDecayedWhereLambdaIsZero() {
        String titan =
                "[optimizer]\nname = \"AdamW\"\nlr = 1e-3\nweight_decay = %s\n[training]\nsteps = 10000\nseq_len = 8\n"
                        + "\n[model]\nname = \"llama3\"\n";

        assertThat(read("t.toml", titan.formatted("0.0"), 8L, null).findings()).isEmpty();
        assertThat(read("t.toml", titan.formatted("0.1"), 8L, null).findings())
                .extracting(finding -> finding.rule())
                .contains("decayed-1d");
    }

    /** Everyday keys make no file nanoGPT's, and a fork's optimizer is not nanoGPT's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.yaml|{batch_size: 8, max_iters: 80000, lr: 0.01, optimizer: sgd, weight_decay: 5e-4}|hparams",
                "a.py|max_iters = 9@batch_size = 8@learning_rate = 1e-3@warmup_iters = 2@optimizer_name = 'sophiag'|hparams",
                "a.py|max_iters = 9@batch_size = 8@learning_rate = 1e-3@warmup_iters = 2|nanogpt",
                "a.yaml|{opt: adamw, sched: cosine, batch_size: 8, epochs: 9, lr: 1e-3, weight_decay: 0.1, update_freq: 4}|hparams",
            })
    void aFileIsOfTheProgramThatItsKeysName(String name, String text, String format) {
        assertThat(read(name, text.replace("@", "\n"), 1L, null).format()).isEqualTo(format);
    }

    /** A file whose optimizer a flag turns into another has that other. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lamb|{decoupled_decay: true}|timm lambw",
                "adopt|{decoupled: true}|timm adoptw",
                "sgdw|{corrected_weight_decay: true}|null",
                "adam|{eps: 1e-8}|timm adam",
            })
    void timmsArgumentsOfAnOptimizerCount(String opt, String kwargs, String row) {
        String file =
                "{opt: " + opt + ", opt_kwargs: " + kwargs + ", sched: cosine, batch_size: 8, epochs: 9, lr: 1e-3}";

        Recipe recipe = read("args.yaml", file, 1L, 80.0).recipe();

        assertThat(recipe == null ? "null" : recipe.optimizer().toString()).isEqualTo(row);
    }

    /** GPT-NeoX's launcher takes several files; of another program's second file nothing is read, and that is said. */
    @Test
    void aFileBesideIsMergedOrNamed() {
        Node.Mapping beside = (Node.Mapping) TreeReader.parse("local.yml", "{gradient_accumulation_steps: 8}");
        Node.Mapping neox = (Node.Mapping) TreeReader.parse(
                "small.yml",
                "{train_micro_batch_size_per_gpu: 4, num-layers: 12, hidden-size: 768, train-iters: 9, optimizer: {type: Adam,"
                        + " params: {lr: 6e-4}}}");
        ResolvedConfig merged = ConfigReader.read(new Sources(neox, List.of(beside), 8L, null), null);
        assertThat(merged.resolution().number("batchSize")).isEqualTo(256);

        Node.Mapping trainer = (Node.Mapping)
                TreeReader.parse("hf.yaml", "{per_device_train_batch_size: 4, learning_rate: 1e-4, output_dir: o}");
        ResolvedConfig alone = ConfigReader.read(new Sources(trainer, List.of(beside), 8L, null), null);
        assertThat(alone.findings()).extracting(Finding::rule).contains("ignored-file");
    }

    /** Python that changes a name after it was set leaves it unknown; two names at once are set to what is not followed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optim_wrapper.update(accumulative_counts=4)|batchSize|null",
                "train_dataloader['batch_size'] = 4|batchSize|32.0",
                "train_dataloader[key] = 4|batchSize|null",
                "optim_wrapper['optimizer']['lr'] = 0.8|weightDecay|1.0E-4",
                "optim_wrapper[key]['lr'] = 0.8|weightDecay|null",
                "a = 1; train_dataloader = dict(batch_size=4)|batchSize|32.0",
                "if fast: train_dataloader = dict(batch_size=4)|batchSize|null",
                "train_dataloader = other = dict(batch_size=4)|batchSize|32.0",
                "strategy = dict(type='DeepSpeedStrategy', gradient_accumulation_steps=8)|batchSize|2048.0",
                "optimizer_config = dict(update_interval=16)|batchSize|256.0",
                "unrelated.append(3)|batchSize|256.0",
                "_base_['train_pipeline'][1]['scale'] = 192|batchSize|256.0",
            })
    void pythonThatChangesANameLater(String statement, String quantity, String value) {
        String python = """
                optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.1, weight_decay=1e-4))
                train_dataloader = dict(batch_size=32)
                train_cfg = dict(max_epochs=9)
                """;

        assertThat(String.valueOf(read("c.py", python + statement + "\n", 8L, 1000.0)
                        .resolution()
                        .text(quantity)))
                .isEqualTo(value);
    }

    /** The name says the devices; a base of another batch says nothing of this one. */
    @Test
    void openMmlabsDevicesAreInTheName() {
        String python = """
                optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.1, weight_decay=1e-4))
                train_dataloader = dict(batch_size=128)
                train_cfg = dict(max_epochs=9)
                auto_scale_lr = dict(base_batch_size=256)
                """;

        assertThat(read("mobilevit_8xb128_in1k.py", python, null, null)
                        .resolution()
                        .number("batchSize"))
                .isEqualTo(1024);
        assertThat(read("mobilevit.py", python, null, null).resolution().unresolved("batchSize"))
                .isTrue();
    }

    @Test
    void aDetectronProjectMayHaveItsOwnOptimizer() {
        String project =
                "VERSION: 2\nMODEL: {META_ARCHITECTURE: SparseInst}\nSOLVER: {BASE_LR: 5e-5, WEIGHT_DECAY: 0.05}\n";

        assertThat(read("b.yaml", project, null, null).recipe()).isNull();
        assertThat(read("b.yaml", project.replace("SparseInst", "RetinaNet"), null, null)
                        .recipe()
                        .optimizer())
                .hasToString("torch sgd");
    }

    /** Half of the peak after the root of the warm-up's steps; a line where it is asked for. */
    @Test
    void deepSpeedWarmsUpByTheLogarithm() {
        String file = "{\"train_batch_size\": 8, \"optimizer\": {\"type\": \"AdamW\", \"params\": {\"lr\": 1e-4}},"
                + " \"scheduler\": {\"type\": \"WarmupDecayLR\", \"params\": {\"total_num_steps\": 20000,"
                + " \"warmup_num_steps\": 10000%s}}}";

        Schedule log = read("ds.json", file.formatted(""), 1L, null).recipe().schedule();
        Schedule line = read("ds.json", file.formatted(", \"warmup_type\": \"linear\""), 1L, null)
                .recipe()
                .schedule();

        assertThat(log.multiplier(99, 20_000)).isCloseTo(0.5, within(1e-3));
        assertThat(log.multiplier(15_000, 20_000)).isCloseTo(0.5, within(1e-2));
        assertThat(line.multiplier(4999, 20_000)).isCloseTo(0.5, within(1e-3));
    }

    /** Hidden matrices at a quarter of the rate, with the same λ; the fork that scales by depth scales λ too. */
    @Test
    void mupLeavesDecayBehind() {
        String mup = "max_iters = 1000\nbatch_size = 8\nmup_enabled = True\nmup_width_multiplier = 4.0\n";
        String megatron = "--lr 1e-3 --weight-decay 0.1 --train-iters 9 --global-batch-size 8 --hidden-size 1024";

        assertThat(read("mup.py", mup, null, null).findings())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.message()).contains("learning rate 0.00015", "6.667e+04 steps"));
        assertThat(read("mup.py", mup + "depth_alpha_enabled = True\n", null, null)
                        .findings())
                .isEmpty();
        assertThat(read("mup.py", mup + "mup_disable_hidden_lr_scaling = True\n", null, null)
                        .findings())
                .isEmpty();
        assertThat(read(
                                "m.sh",
                                "python pretrain_gpt.py " + megatron + " --use-mup --mup-base-hidden-size 256",
                                1L,
                                null)
                        .findings())
                .extracting(finding -> finding.rule())
                .containsExactly("mup-decay");
        assertThat(read("m.sh", "python pretrain_gpt.py " + megatron + " --use-mup", 1L, null)
                        .findings())
                .isEmpty();
    }

    @Test
    void deepSpeedsMuonGoesByNames() {
        String muon = "{\"train_batch_size\": 8, \"optimizer\": {\"type\": \"Muon\", \"params\": {\"lr\": 0.02}}}";

        assertThat(read("ds.json", muon, 1L, null).findings())
                .extracting(finding -> finding.rule())
                .containsExactly("muon-grouping");
        assertThat(read("ds.json", muon.replace("Muon", "AdamW"), 1L, null).findings())
                .isEmpty();
    }

    /** Looked for from the trainer's folder upwards, as scripts are started at the top of a repository. */
    @Test
    void theDeepSpeedFileThatATrainerNamesIsRead(@TempDir Path folder) throws IOException {
        Path configs = Files.createDirectories(folder.resolve("recipes/sft"));
        Files.writeString(Files.createDirectory(folder.resolve("ds")).resolve("z3.json"), """
                {"train_micro_batch_size_per_gpu": "auto",
                 "optimizer": {"type": "Adam", "params": {"lr": 1e-4, "weight_decay": "auto", "adam_w_mode": false}}}
                """);
        Path yaml = Files.writeString(configs.resolve("t.yaml"), TRAINER + "deepspeed: ds/z3.json\n");

        ResolvedConfig config =
                ConfigReader.read(new Sources((Node.Mapping) TreeReader.read(yaml), List.of(), 8L, 1000.0), null);

        assertThat(config.recipe().optimizer()).hasToString("torch adam");
        assertThat(config.findings()).extracting(finding -> finding.rule()).containsExactly("key-contradiction");
        assertThat(config.findings().getFirst().message())
                .startsWith("optimizer.params.lr is 1e-4 in the DeepSpeed file and 2e-5 for the trainer");
    }

    @Test
    void aDeepSpeedFileThatIsNotThereIsAskedFor() {
        ResolvedConfig config = read("t.yaml", TRAINER + "deepspeed: ../elsewhere.json\n", 8L, 1000.0);

        assertThat(from(config, "deepspeed")).startsWith("unresolved: --with ../elsewhere.json");
    }

    /** 16 · 2 · 8; a tenth of 2·⌈1000/256⌉ steps is warm-up; nobody wrote a λ. */
    @Test
    void trainingArgumentsAndTheirLauncherResolveTogether() {
        ResolvedConfig config = read("t.yaml", TRAINER, null, 1000.0, ACCELERATE);
        Recipe recipe = config.recipe();

        assertThat(config.format()).isEqualTo("hf-trainer");
        assertThat(recipe.optimizer()).hasToString("hf adamw_torch");
        assertThat(recipe.batchSize()).isEqualTo(256);
        assertThat(recipe.weightDecay()).isZero();
        assertThat(recipe.length()).isEqualTo(new RunLength.Epochs(2));
        assertThat(recipe.schedule()).isEqualTo(new Schedule(new Cosine(0), 1));
        assertThat(recipe.sequenceLength()).isNull();
        assertThat(config.context().fineTuning()).isTrue();
        assertThat(config.context().weightDecayGiven()).isFalse();
        assertThat(from(config, "weightDecay")).isEqualTo("default of TrainingArguments");
        assertThat(from(config, "replicas")).isEqualTo("b0.yaml:4:16 num_processes");
        assertThat(from(config, "batchSize")).isEqualTo("microBatchSize · accumulation · replicas");
    }

    @Test
    void aLauncherAloneTrainsNothing() {
        assertThatThrownBy(() -> read("a.yaml", ACCELERATE, null, null))
                .hasMessageContaining("only launches a run (accelerate): give it by --with");
    }

    @Test
    void withoutALauncherTheBatchIsAskedFor() {
        ResolvedConfig config = read("t.yaml", TRAINER, null, null);

        assertThat(config.recipe().batchSize()).isNull();
        assertThat(from(config, "batchSize")).isEqualTo("unresolved: --world-size N (devices of the whole run)");
        assertThat(from(config, "datasetSize")).startsWith("unresolved: --dataset-size N");
        assertThat(read("t.yaml", TRAINER, 4L, null, ACCELERATE).recipe().batchSize())
                .isEqualTo(128);
    }

    /** Tensor-parallel processes hold one sample together. */
    @Test
    void modelParallelProcessesDoNotMultiply() {
        String parallel = ACCELERATE + "megatron_lm_config: {megatron_lm_tp_degree: 2, megatron_lm_pp_degree: 2}\n";

        assertThat(read("t.yaml", TRAINER, null, null, parallel).recipe().batchSize())
                .isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "adamw_torch_fused, hf adamw_torch_fused, decoupled-lr",
        "adamw_8bit, bnb adamw, decoupled-lr",
        "paged_adamw_32bit, bnb adamw, decoupled-lr",
        "lion_8bit, bnb lion, decoupled-lr",
        "sgd, torch sgd, coupled",
        "schedule_free_adamw, schedule_free adamw, decoupled-lr"
    })
    void namesOfOptimAreThoseOfTheRegistry(String optim, String row, String convention) {
        Recipe recipe = read("t.yaml", TRAINER + "optim: " + optim, null, null).recipe();

        assertThat(recipe.optimizer()).hasToString(row);
        assertThat(recipe.convention().id()).isEqualTo(convention);
    }

    @Test
    void anUnknownOptimizerIsNotGuessed() {
        ResolvedConfig config = read("t.yaml", TRAINER + "optim: lomo", null, null);

        assertThat(config.recipe()).isNull();
        assertThat(config.resolution().text("optimizer")).isEqualTo("lomo");
    }

    /** DeepSpeed's Adam is decoupled, and what it leaves as auto is the trainer's. */
    @Test
    void deepSpeedsOwnOptimizerWins() {
        String deepSpeed = """
                {"zero_optimization": {"stage": 3}, "train_micro_batch_size_per_gpu": "auto",
                 "optimizer": {"type": "Adam", "params": {"lr": "auto", "betas": [0.9, 0.95], "weight_decay": 0.1}},
                 "scheduler": {"type": "WarmupDecayLR", "params": {"warmup_max_lr": "auto",
                   "warmup_num_steps": 7, "warmup_type": "linear"}}}
                """;
        Recipe recipe = read("t.yaml", TRAINER, null, null, deepSpeed).recipe();

        assertThat(recipe.optimizer()).hasToString("deepspeed adam");
        assertThat(recipe.convention().id()).isEqualTo("decoupled-lr");
        assertThat(recipe.learningRate()).isEqualTo(2e-5);
        assertThat(recipe.weightDecay()).isEqualTo(0.1);
        assertThat(recipe.betas().second()).isEqualTo(0.95);
        assertThat(recipe.schedule()).isEqualTo(new Schedule(new Linear(0), 7));
    }

    @ParameterizedTest
    @CsvSource({
        "Adam, '', decoupled-lr",
        "Adam, ',\"adam_w_mode\": false', coupled",
        "Adam, ',\"adam_w_mode\": true', decoupled-lr",
        "AdamW, ',\"adam_w_mode\": false', decoupled-lr",
        "SGD, '', coupled"
    })
    void deepSpeedsFlipsDecideTheKind(String type, String flag, String convention) {
        String json = """
                {"train_batch_size": 32, "zero_optimization": {"stage": 1},
                 "optimizer": {"type": "%s", "params": {"lr": 5e-5, "weight_decay": "1e-2"%s}}}
                """.formatted(type, flag);
        Recipe recipe = read("ds.json", json, null, null).recipe();

        assertThat(recipe.convention().id()).isEqualTo(convention);
        assertThat(recipe.weightDecay()).isEqualTo(0.01);
        assertThat(recipe.batchSize()).isEqualTo(32);
    }

    @Test
    void autoIsUnresolvedAndNotZero() {
        String json = """
                {"train_micro_batch_size_per_gpu": "auto", "zero_optimization": {"stage": 1},
                 "optimizer": {"type": "AdamW", "params": {"lr": "auto", "weight_decay": "auto"}}}
                """;
        ResolvedConfig config = read("ds.json", json, 8L, null);

        assertThat(config.recipe().weightDecay()).isNull();
        assertThat(config.recipe().learningRate()).isNull();
        assertThat(config.recipe().batchSize()).isNull();
    }

    @Test
    void axolotlHasOtherNames() {
        String axolotl = """
                base_model: some/model
                datasets: [{path: some/data, type: alpaca}]
                adapter: lora
                sequence_len: 4096
                gradient_accumulation_steps: 4
                micro_batch_size: 2
                num_epochs: 1
                optimizer: adamw_bnb_8bit
                lr_scheduler: cosine
                learning_rate: 2e-4
                weight_decay: 0.01
                """;
        ResolvedConfig config = read("a.yml", axolotl, 2L, null);

        assertThat(config.format()).isEqualTo("axolotl");
        assertThat(config.recipe().batchSize()).isEqualTo(16);
        assertThat(config.recipe().learningRate()).isEqualTo(2e-4);
        assertThat(config.context().adapter()).isTrue();
    }

    /** The batch is that of all devices: the script divides the accumulation by their number. */
    @Test
    void nanoGptsConstantsAreReadAndNotExecuted() {
        String python = """
                # comment = 1
                wandb_project = 'o#wt' # 8 GPUs
                batch_size = 12
                block_size = 1024
                per_gpu = 5
                gradient_accumulation_steps = per_gpu * 8
                max_iters = 600_000
                lr_decay_iters = max_iters
                weight_decay = 1e-1
                import os; os.abort()
                compile = bool(os.environ)
                """;
        ResolvedConfig config = read("train_gpt2.py", python, 3L, null);
        Recipe recipe = config.recipe();

        assertThat(config.format()).isEqualTo("nanogpt");
        assertThat(recipe.batchSize()).isEqualTo(480);
        assertThat(recipe.tokensPerStep()).isEqualTo(491_520);
        assertThat(recipe.decay().convention().timescaleSteps(recipe.learningRate(), 0.1))
                .isCloseTo(16_667, within(1.0));
        assertThat(from(config, "learningRate")).isEqualTo("default of nanoGPT's train.py");
        assertThat(from(config, "accumulation")).isEqualTo("train_gpt2.py:6:31 gradient_accumulation_steps");
        assertThat(recipe.schedule()).isEqualTo(new Schedule(new Cosine(0.1), 2000));
    }

    /** 96 devices, 4 · 2 of which hold one model: B = 4 · 32 · 12 sequences of 2,048. */
    @Test
    void gptNeoxIsDecoupledAndItsModelParallelDevicesDoNotMultiply() {
        String yaml = """
                {
                  # parallelism
                  "pipe-parallel-size": 4,
                  "model-parallel-size": 2,
                  "num-layers": 44,
                  "hidden-size": 6144,
                  "seq-length": 2048,
                  "optimizer": {"type": "Adam", "params": {"lr": 0.97e-4, "betas": [0.9, 0.95], "eps": 1.0e-8,}},
                  "zero_optimization": {"stage": 1, "contiguous_gradients": True,},
                  "train_micro_batch_size_per_gpu": 4,
                  "gradient_accumulation_steps": 32,
                  "weight-decay": 0.01,
                  "train-iters": 150000,
                  "lr-decay-iters": 150000,
                  "lr-decay-style": "cosine",
                  "warmup": 0.01,
                }
                """;
        Recipe recipe = read("20B.yml", yaml, 96L, null).recipe();

        assertThat(recipe.optimizer()).hasToString("neox adam");
        assertThat(recipe.convention().id()).isEqualTo("decoupled-lr");
        assertThat(recipe.batchSize()).isEqualTo(1536);
        assertThat(recipe.length()).isEqualTo(new RunLength.Steps(150_000));
        assertThat(1 / (recipe.learningRate() * recipe.weightDecay()) / 150_000).isCloseTo(6.9, within(0.05));
        ResolvedConfig mup = read("20B.yml", yaml.replace("\"warmup\"", "\"use_mup\": True, \"warmup\""), 96L, null);
        assertThat(mup.recipe().convention().id()).isEqualTo("coupled");
        assertThat(mup.findings()).extracting(finding -> finding.rule()).containsExactly("mup-flips-kind");
    }

    @Test
    void megatronsScriptIsReadThroughItsArraysAndVariables() {
        String script = """
                #!/bin/bash
                # --lr 1 in a comment
                NODES=4; GPUS=8
                BATCH=1536
                HALF=$((BATCH/2))
                LR=${LR:-6.0e-5}
                MODEL_ARGS=(
                    --num-layers 96
                    --seq-length 2048
                )
                TRAINING_ARGS="--train-iters 500000 --lr ${LR} --min-lr 6.0e-6"
                OPTIMIZER=(
                    --micro-batch-size 1 --global-batch-size $((HALF * 2)) \\
                    --rampup-batch-size 16 16 5859375
                    --weight-decay 0.1 --adam-beta2 0.95
                    --decoupled-lr 1e-3
                    --lr-decay-style cosine --lr-warmup-fraction .001)
                torchrun pretrain_gpt.py ${MODEL_ARGS[@]} ${OPTIMIZER[@]} $TRAINING_ARGS
                """;
        ResolvedConfig config = read("train.sh", script, null, null);
        Recipe recipe = config.recipe();

        assertThat(config.format()).isEqualTo("megatron");
        assertThat(recipe.optimizer()).hasToString("megatron adam");
        assertThat(recipe.batchSize()).isEqualTo(1536);
        assertThat(recipe.sequenceLength()).isEqualTo(2048);
        assertThat(recipe.learningRate()).isEqualTo(6e-5);
        assertThat(recipe.schedule()).isEqualTo(new Schedule(new Cosine(0.1), 500));
        assertThat(config.findings()).extracting(finding -> finding.rule()).containsExactly("batch-ramp");
        assertThat(from(config, "weightDecay")).startsWith("train.sh:15:");
    }

    /** A script of two runs does not say which of them is meant. */
    @Test
    void anArgumentGivenTwiceIsUnresolved() {
        String script = """
                #!/bin/bash
                python train.py --per_device_train_batch_size 8 --learning_rate 1e-4 --max_steps 100 --weight_decay 0.1
                python train.py --per_device_train_batch_size 8 --learning_rate 2e-5 --max_steps 100 --weight_decay 0.1
                """;
        Recipe recipe = read("two.sh", script, 1L, null).recipe();

        assertThat(recipe.learningRate()).isNull();
        assertThat(recipe.weightDecay()).isEqualTo(0.1);
        assertThat(recipe.batchSize()).isEqualTo(8);
    }

    /** Branches set a variable differently: none of them is taken. */
    @Test
    void aVariableThatBranchesSetIsUnresolved() {
        String script = """
                #!/bin/bash
                if [ "$SIZE" = large ]; then
                  LR=1e-4
                else
                  LR=2e-4
                fi
                python train.py --per_device_train_batch_size 8 --learning_rate $LR --max_steps 100
                """;

        assertThat(read("branches.sh", script, 1L, null).recipe().learningRate())
                .isNull();
    }

    /** An array that only some runs write, or write anew: what stands there alone is not known. */
    @Test
    void anArrayThatABranchWritesIsNotEveryRuns() {
        String script = """
                #!/bin/bash
                EXTRA=(
                  --num_train_epochs 2
                  --save_steps 20
                )
                if [[ "$SMOKE" == "1" ]]; then
                  EXTRA=(--max_steps 1 --save_steps 1)
                fi
                python train.py --per_device_train_batch_size 8 --learning_rate 1e-4 "${EXTRA[@]}"
                """;

        assertThat(read("extra.sh", script, 1L, null).resolution().number("steps"))
                .isNull();
        assertThat(read("extra.sh", script, 1L, null).recipe().learningRate()).isEqualTo(1e-4);
        assertThat(read("extra.sh", script.replace("if [[", "#").replace("fi", "#"), 1L, null)
                        .resolution()
                        .number("steps"))
                .isEqualTo(1);
    }

    /** MaxText's files name the one that they change. */
    @Test
    void maxTextBuildsOnItsBase(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("base.yml"),
                "per_device_batch_size: 12.0\nsteps: 150_001\nadam_weight_decay: 0.2\nlearning_rate: 3.e-5\n"
                        + "opt_type: \"adamw\"\nmax_target_length: 2048\nbase_emb_dim: 8\n");
        Path file = Files.writeString(
                folder.resolve("sft.yml"), "base_config: \"base.yml\"\nuse_sft: True\nlearning_rate: 2.e-5\n");

        ResolvedConfig config = RunFacts.NONE.resolve(file);

        assertThat(config.resolution().number("learningRate")).isEqualTo(2e-5);
        assertThat(config.resolution().number("weightDecay")).isEqualTo(0.2);
        assertThat(config.context().fineTuning()).isTrue();
    }

    /** Variables that name each other, and quotes of a million characters, take no time. */
    @Test
    @Timeout(10)
    void hostileScriptsEnd() {
        String script = "#!/bin/bash\nA=$B\nB=$A$A\nC=$B$B$B$B\n--lr $C --micro-batch-size 1 --train-iters 5 --x \""
                + "y".repeat(1_000_000) + "\"\nX=" + "(".repeat(5000) + "\n";

        assertThat(read("evil.sh", script, null, null).resolution().number("learningRate"))
                .isNull();
    }

    @Test
    void torchtitanHasADefaultAndDecaysEverything() {
        String toml = """
                [job]
                dump_folder = "./outputs"
                [optimizer]
                name = "AdamW"
                lr = 3e-4
                [lr_scheduler]
                warmup_steps = 200
                [training]
                local_batch_size = 1
                seq_len = 8192
                steps = 1000
                [parallelism]
                tensor_parallel_degree = 2
                """;
        ResolvedConfig config = read("llama3_8b.toml", toml, 16L, null);

        assertThat(config.recipe().weightDecay()).isEqualTo(0.1);
        assertThat(from(config, "weightDecay")).isEqualTo("default of torchtitan");
        assertThat(config.recipe().batchSize()).isEqualTo(8);
        assertThat(config.context().demonstration()).isTrue();
        assertThat(config.findings()).extracting(finding -> finding.rule()).containsExactly("decayed-1d");
    }

    /** A schedule that is not understood leaves the figures of the run unknown: they are not those of another one. */
    @Test
    void anUnknownScheduleIsNotTakenForAConstantOne() {
        Recipe recipe = read("t.yaml", TRAINER.replace(": cosine", ": reduce_lr_on_plateau"), 8L, 1000.0)
                .recipe();

        assertThat(recipe.schedule()).isNull();
        assertThat(recipe.length()).isNull();
    }

    @Test
    void otherFilesAreRefused() {
        assertThatThrownBy(() -> read("k8s.yaml", "apiVersion: v1\nkind: Pod", null, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no configuration that Wane recognises");
        assertThatThrownBy(() -> read("t.yaml", TRAINER.replace("2.0e-05", "-1"), null, null))
                .hasMessageContaining("t.yaml:5:16: learningRate must be finite and > 0, got -1.0");
    }

    /** PyYAML takes the last value; a key that Wane does not read is no concern of weight decay. */
    @Test
    void aKeyThatIsGivenTwiceCountsLast() {
        String twice = TRAINER + "learning_rate: 5.0e-06\nseed: 1\nseed: 2\n";
        ResolvedConfig config = read("t.yaml", twice, 8L, null);

        assertThat(config.resolution().number("learningRate")).isEqualTo(5e-6);
        assertThat(config.findings())
                .filteredOn(finding -> finding.rule().equals("duplicate-key"))
                .extracting(finding -> finding.severity() + " " + finding.quantity() + ": " + finding.message())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("WARNING learningRate: the key 'learning_rate' is given twice, on lines 5 and")
                .endsWith(": the last one counts");
        assertThat(read("t.yaml", TRAINER, 8L, null).findings()).isEmpty();
    }

    /** What continues from another run's weights is judged as fine-tuning; what resumes itself is not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.yml | {train_micro_batch_size_per_gpu: 4, train_iters: 9, optimizer: {type: Adam, params: {lr: 1e-4}}, pipe_parallel_size: 1, finetune: true} | true",
                "x.yml | {train_micro_batch_size_per_gpu: 4, train_iters: 9, optimizer: {type: Adam, params: {lr: 1e-4}}, pipe_parallel_size: 1, train_impl: dpo} | true",
                "x.yml | {train_micro_batch_size_per_gpu: 4, train_iters: 9, optimizer: {type: Adam, params: {lr: 1e-4}}, pipe_parallel_size: 1, load: a} | false",
                "a.sh | torchrun pretrain_gpt.py --lr 1e-4 --micro-batch-size 1 --train-iters 9 --num-layers 2 --hidden-size 8 --finetune --load a | true",
                "a.sh | torchrun pretrain_gpt.py --lr 1e-4 --micro-batch-size 1 --train-iters 9 --num-layers 2 --hidden-size 8 --load a | false"
            })
    void aStartFromOtherWeightsIsSeen(String name, String text, boolean fineTuning) {
        assertThat(read(name, text, 1L, null).context().fineTuning()).isEqualTo(fineTuning);
    }

    /** What accelerate launches may keep masters in single precision, and its file says so. */
    @Test
    void bfloat16WeightsAreSeenWhereNothingWrapsThem() {
        String bf16 = TRAINER + "torch_dtype: bfloat16\noptim: adamw_torch\n";

        assertThat(read("t.yaml", bf16, null, null).context().bfloat16Weights()).isFalse();
        assertThat(read("t.yaml", bf16, 1L, null).context().bfloat16Weights()).isTrue();
    }

    /** A length below nothing is said at its place; what only the schedule refuses, at the file. */
    @Test
    void aRunOfNegativeLengthIsRefused() {
        String neox =
                "optimizer: {type: Adam, params: {lr: 1e-4}}\ntrain_micro_batch_size_per_gpu: 4\ntrain_iters: 5000\n"
                        + "lr_decay_style: cosine\nwarmup: -0.01\npipe_parallel_size: 1\n";
        String megatron = "#!/bin/bash\npython pretrain_gpt.py --lr 1e-4 --global-batch-size 8 --micro-batch-size 1 "
                + "--lr-warmup-fraction %s --train-iters %s --lr-decay-style cosine\n";

        assertThatThrownBy(() -> read("m.sh", megatron.formatted("0.01", "-5000"), 8L, null))
                .hasMessageContaining("m.sh:2:117: steps must be finite and > 0, got -5000.0");
        assertThatThrownBy(() -> read("x.yml", neox, 8L, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "x.yml:1:1: read as neox, the numbers make no run: warmupSteps must be >= 0, got -50");
    }

    private static String from(ResolvedConfig config, String name) {
        return config.resolution().all().stream()
                .filter(quantity -> quantity.name().equals(name))
                .map(quantity -> quantity.origin().text())
                .findFirst()
                .orElseThrow();
    }

    private static ResolvedConfig read(
            String name, String text, @Nullable Long worldSize, @Nullable Double datasetSize, String... beside) {
        List<Node.Mapping> others = Arrays.stream(beside)
                .map(other -> tree(other.strip().startsWith("{") ? "b0.json" : "b0.yaml", other))
                .toList();
        return ConfigReader.read(new Sources(tree(name, text), others, worldSize, datasetSize), null);
    }

    private static Node.Mapping tree(String name, String text) {
        return (Node.Mapping) TreeReader.parse(name, text);
    }
}
