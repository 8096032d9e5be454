package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.lint.Finding;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files of strangers had that those before them had not. */
class UnseenFilesTest {
    private static final String TIMM = "torchrun --nproc_per_node=4 train.py --data-dir /d --model vit_s -b 256"
            + " --opt adamw -j8 --lr 1e-3 --epochs 100 --weight-decay 0.05 --sched cosine";
    private static final String DEIT =
            "python main.py --data-path /d --batch-size 128 --epochs 300 --opt adamw --lr 5e-4"
                    + " --sched cosine --nproc_per_node=8";
    private static final String MM = "train_dataloader = dict(batch_size=2)\\n"
            + "optim_wrapper = dict(type='OptimWrapper', optimizer=dict(type='SGD', lr=0.0025, weight_decay=1e-4))\\n"
            + "train_cfg = dict(max_epochs=12)\\n";
    private static final String OLD_MM = "optimizer = dict(type='SGD', lr=0.005, momentum=0.9, weight_decay=0.0001)\\n"
            + "optimizer_config = dict(grad_clip=None)\\nrunner = dict(max_epochs=12)\\n";
    private static final String YOLOX =
            "optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.01, weight_decay=0.0005, batch_size_per_gpu=16),"
                    + " constructor='YOLOv5OptimizerConstructor')\\ntrain_dataloader = dict(batch_size=16)\\ntrain_cfg = dict(max_epochs=9)";
    private static final String FAIRSEQ =
            "fairseq-train bin --arch transformer --task translation --criterion x --optimizer nag"
                    + " --lr 0.25 --wd 0.01 --max-sentences 32 --max-update 1000";
    private static final String TEMPLATE =
            "{model: {optimizer: {_target_: torch.optim.AdamW, _partial_: true, lr: 0.002, weight_decay: 0.05}},"
                    + " data: {batch_size: 128}, trainer: {max_epochs: 10, devices: 1}}";
    private static final String LAZY =
            "{dataloader: {train: {_target_: x, total_batch_size: 16}}, optimizer: {_target_: torch.optim.AdamW, lr: 0.0001,"
                    + " weight_decay: 0.05, params: {_target_: y, weight_decay_norm: 0.0}}, train: {max_iter: 90000}}";
    private static final String OPT =
            "{weights: a.pt, cfg: '', hyp: {lr0: 0.02, lrf: 0.1, momentum: 0.9, weight_decay: 0.001}, epochs: 50, batch_size: 32,"
                    + " imgsz: 640, optimizer: SGD}";
    private static final String KERAS =
            "{class_name: Functional, config: {layers: []}, compile_config: {optimizer: {class_name: LossScaleOptimizer, config:"
                    + " {weight_decay: null, inner_optimizer: {class_name: AdamW, config: {learning_rate: 0.001, weight_decay: 0.01}}}}}}";
    private static final String PENALTIES =
            "{class_name: Functional, config: {layers: [{config: {kernel_regularizer: {class_name: L2, config: {l2: 1e-4}}}}, {config:"
                    + " {kernel_regularizer: {class_name: L2, config: {l2: 1e-2}}}}]}, compile_config: {optimizer: {class_name: Adam, config: {learning_rate: 0.001}}}}";
    private static final String MAXTEXT = "export LR=2.e-4\\npython3 -m MaxText.train MaxText/configs/base.yml \\\\n"
            + "  ici_fsdp_parallelism=8 steps=5000 per_device_batch_size=4 \\\\n  learning_rate=${LR} adam_weight_decay=0.2";
    private static final String SECTION =
            "{model: {name: q}, lora: {r: 8}, training: {per_device_train_batch_size: 4, gradient_accumulation_steps: 2,"
                    + " learning_rate: 2e-4, warmup_ratio: 0.1, lr_scheduler_type: cosine, max_steps: 1000}}";
    private static final String CUT =
            "{trainer: {max_epochs: 10, devices: 1, limit_train_batches: 20}, data: {batch_size: 64}, optimizer: {class_path:"
                    + " torch.optim.AdamW, init_args: {lr: 1e-5, weight_decay: 0.01}}}";
    private static final String ONE_CYCLE =
            "{trainer: {max_steps: 100, devices: 1}, data: {batch_size: 64}, optimizer: {class_path: torch.optim.AdamW, init_args:"
                    + " {lr: 1e-5, weight_decay: 0.01}}, lr_scheduler: {class_path: torch.optim.lr_scheduler.OneCycleLR, init_args: {max_lr: 0.01}}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a short option is one of its own | a.sh | TIMM | batchSize | 1024.0",
                "and what stands before it ends | a.sh | TIMM | learningRate | 0.001",
                "timm's launcher says the devices | a.sh | ./distributed_train.sh 4 /d --opt sgd --sched cosine -b 32 --epochs 9 --lr 1 | batchSize | 128.0",
                "what came of DeiT scales its rate | a.sh | DEIT | learningRate | null",
                "and has defaults of its own | a.sh | DEIT | weightDecay | null",
                "the batch that a rate is meant for is not the run's | a.py | MMauto_scale_lr = dict(base_batch_size=16) | batchSize | null",
                "a dump of mmcv names its devices | a.py | OLD_MMdata = dict(samples_per_gpu=2)\\ngpu_ids = range(0, 4) | batchSize | 8.0",
                "the loader's own batch counts | a.py | OLD_MMdata = dict(samples_per_gpu=2, train_dataloader=dict(samples_per_gpu=8))\\ngpu_ids = range(0, 1) | batchSize | 8.0",
                "another data set's class | a.py | OLD_MMdata = dict(samples_per_gpu=2, train=dict(type='CustomDataset'))\\ndataset_type = 'ImageNet' | datasetSize | null",
                "a known class with other data | a.py | OLD_MMdata = dict(samples_per_gpu=2, train=dict(type='ImageNet', data_prefix='data/fruit/train')) | datasetSize | null",
                "a known class with its data | a.py | OLD_MMdata = dict(samples_per_gpu=2, train=dict(type='ImageNet', data_prefix='data/imagenet/train')) | datasetSize | 1281167.0",
                "a constructor multiplies λ | yolov5_8xb16.py | YOLOX | weightDecay | 0.001",
                "a class that is imported | a.py | from torch.optim import AdamW\\noptim_wrapper = dict(optimizer=dict(type=AdamW, lr=1e-4, weight_decay=0.05))\\ntrain_cfg = dict(max_iters=9) | optimizer | torch.optim.AdamW",
                "one cycle has a peak of its own | a.py | MMparam_scheduler = [dict(type='OneCycleLR', eta_max=0.01)] | learningRate | 0.01",
                "a cosine that rises | a.py | MMparam_scheduler = [dict(type='CosineAnnealingLR', eta_min=0.025, begin=0, end=5)] | learningRate | null",
                "fairseq's short λ | a.sh | FAIRSEQ | weightDecay | 0.01",
                "a bare adam may be AdamW | a.yaml | {lr: 0.001, weight_decay: 0.01, batch_size: 32, optimizer: adam} | optimizer | null",
                "a logger knows the framework | a.yaml | {_wandb: {value: {framework: keras}}, lr: {value: 0.001}, weight_decay: {value: 0.01}, batch_size: {value: 64}, optimizer: {value: adam}} | optimizer | adam",
                "one section of a logger's | a.yaml | {seed: 1, train: {lr: 0.001, weight_decay: 0.01, batch_size: 64, optimizer: AdamW}} | weightDecay | 0.01",
                "Keras logged by MLflow | a.yaml | {opt_name: Adam, opt_learning_rate: 0.001, opt_weight_decay: 0.02, batch_size: 32} | weightDecay | 0.02",
                "the Lightning template | a.yaml | TEMPLATE | batchSize | 128.0",
                "and its optimizer | a.yaml | TEMPLATE | weightDecay | 0.05",
                "detectron2's lazy configuration | a.yaml | LAZY | batchSize | 16.0",
                "and its λ | a.yaml | LAZY | weightDecay | 0.05",
                "YOLOv5's options | opt.yaml | OPT | learningRate | 0.02",
                "and the batch of its devices | opt.yaml | OPT | batchSize | 64.0",
                "Ultralytics' command | a.sh | yolo detect train data=coco.yaml model=a.yaml batch=32 optimizer=SGD lr0=0.02 epochs=9 | learningRate | 0.02",
                "what scales the loss holds the optimizer | config.yaml | KERAS | weightDecay | 0.01",
                "layers of different penalties | config.yaml | PENALTIES | weightDecay | null",
                "one cycle of torch has its own peak | a.yaml | ONE_CYCLE | learningRate | 0.01",
                "TRL's trainers have rates of their own | a.sh | trl dpo --model_name_or_path m --per_device_train_batch_size 2 --max_steps 9 --output_dir o | learningRate | 1.0E-6",
                "LLaMA-Factory's second interface | a.yaml | {model: Qwen/Qwen3, train_dataset: d.yaml, global_batch_size: 16, micro_batch_size: 1, learning_rate: 1e-5, max_steps: 10} | batchSize | 16.0",
                "which decays by torch's λ | a.yaml | {model: Qwen/Qwen3, train_dataset: d.yaml, micro_batch_size: 1, learning_rate: 1e-5, max_steps: 10} | weightDecay | 0.01",
                "unless a plugin trains | a.yaml | {model: Qwen/Qwen3, train_dataset: d.yaml, micro_batch_size: 1, optim_config: {name: mine, wd: 0.1}, learning_rate: 1e-5, max_steps: 10} | optimizer | mine (a plugin)",
                "its Muon is Moonlight's | a.yaml | {model: Qwen/Qwen3, train_dataset: d.yaml, micro_batch_size: 1, optim_config: {name: muon, wd: 0.2}, learning_rate: 1e-5, max_steps: 10} | weightDecay | 0.2",
                "which has a λ of its own | a.yaml | {model: Qwen/Qwen3, train_dataset: d.yaml, micro_batch_size: 1, optim_config: {name: muon}, learning_rate: 1e-5, max_steps: 10} | weightDecay | 0.1",
                "no weight_decay is read | a.yaml | {model: Qwen/Qwen3, train_dataset: d.yaml, micro_batch_size: 1, weight_decay: 0.3, learning_rate: 1e-5, max_steps: 10} | weightDecay | 0.01",
                "replicas may be written | a.yaml | {model: Qwen/Qwen3, train_dataset: d.yaml, micro_batch_size: 2, cp_size: 2, dp_size: 4, learning_rate: 1e-5, max_steps: 10} | batchSize | 8.0",
                "DINOv3's schedules | a.yaml | {optim: {epochs: 10, scaling_rule: none, optimizer: adamw}, train: {batch_size_per_gpu: 16, OFFICIAL_EPOCH_LENGTH: 100}, schedules: {lr: {start: 0, peak: 5e-5, end: 5e-5, warmup_epochs: 1}, weight_decay: {start: 0.04, peak: 0.04, end: 0.04, warmup_epochs: 0}}} | steps | 1000.0",
                "whose rate is scaled by the batch | a.yaml | {optim: {epochs: 10, scaling_rule: sqrt_wrt_1024}, train: {batch_size_per_gpu: 16, OFFICIAL_EPOCH_LENGTH: 100}, schedules: {lr: {start: 0, peak: 5e-5, end: 5e-5, warmup_epochs: 1}, weight_decay: {start: 0.04, peak: 0.04, end: 0.04, warmup_epochs: 0}}} | learningRate | null",
                "also where only the file under every file says so | a.yaml | {optim: {epochs: 10, optimizer: adamw}, train: {batch_size_per_gpu: 16, OFFICIAL_EPOCH_LENGTH: 100}, schedules: {lr: {start: 0, peak: 5e-5, end: 5e-5, warmup_epochs: 1}, weight_decay: {start: 0.04, peak: 0.04, end: 0.04, warmup_epochs: 0}}} | learningRate | null",
                "a script's section with the trainer's arguments | a.yaml | SECTION | learningRate | 2.0E-4",
                "may leave the optimizer to the script | a.yaml | SECTION | optimizer | null",
                "and stands beside what says an adapter | a.yaml | SECTION | start | adapter",
                "whose warm-up is written once | a.yaml | SECTION | schedule | cosine",
                "MaxText's command | a.sh | MAXTEXT | learningRate | 2.0E-4",
                "its lines that go on are no variables | a.sh | MAXTEXT | microBatchSize | 4.0",
                "and its λ | a.sh | MAXTEXT | weightDecay | 0.2",
                "variables before a command | a.sh | CUDA_VISIBLE_DEVICES=0 \\\\nNPROC_PER_NODE=2 \\\\nswift sft --model m --per_device_train_batch_size 1 --max_steps 9 --learning_rate 1e-4 | weightDecay | 0.1",
                "adafactor has no betas of the trainer | a.yaml | {per_device_train_batch_size: 4, learning_rate: 1e-4, output_dir: o, optim: adafactor} | beta1 | null",
                "a logged dump of all arguments | a.yaml | {per_device_train_batch_size: {value: 4}, train_batch_size: {value: 4}, eval_batch_size: {value: 4}, learning_rate: {value: 1e-4}, output_dir: {value: o}, optim: {value: adamw_torch}, lr_scheduler_type: {value: linear}, weight_decay: {value: 0.2}} | weightDecay | 0.2",
                "epochs may be cut short | a.yaml | CUT | steps | null",
                "and of two ends the first counts | a.yaml | {model: {optimizer: {_target_: torch.optim.AdamW, lr: 0.1}}, data: {batch_size: 8}, trainer: {max_epochs: 10, max_steps: 100000, devices: 1}} | steps | null",
                "a rate of 0 trains nothing | a.yaml | {lr: 0.0, weight_decay: 0.1, batch_size: 4, optimizer: sgd} | learningRate | 0.0"
            })
    void aHabitIsKnown(String habit, String name, String text, String quantity, String value) {
        ResolvedConfig config = read(name, expanded(text));
        assertThat(String.valueOf(config.resolution().text(quantity))).as(habit).isEqualTo(value);
    }

    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("OLD_MM", OLD_MM),
            Map.entry("MM", MM),
            Map.entry("TIMM", TIMM),
            Map.entry("DEIT", DEIT),
            Map.entry("YOLOX", YOLOX),
            Map.entry("FAIRSEQ", FAIRSEQ),
            Map.entry("TEMPLATE", TEMPLATE),
            Map.entry("LAZY", LAZY),
            Map.entry("OPT", OPT),
            Map.entry("KERAS", KERAS),
            Map.entry("PENALTIES", PENALTIES),
            Map.entry("MAXTEXT", MAXTEXT),
            Map.entry("SECTION", SECTION),
            Map.entry("ONE_CYCLE", ONE_CYCLE),
            Map.entry("CUT", CUT));

    private static String expanded(String text) {
        Matcher name = Pattern.compile("^[A-Z_]{2,}").matcher(text);
        String whole = name.find() ? SHORT.getOrDefault(name.group(), name.group()) + text.substring(name.end()) : text;
        return whole.replace("\\n", "\n");
    }

    /** 16, 32, 48 and 64 samples a step over the first 96, as Megatron counts its iterations. */
    @Test
    void aRampsStepsAreCountedAsMegatronCountsThem() {
        String script =
                "python pretrain_gpt.py --micro-batch-size 1 --global-batch-size 64 --rampup-batch-size 16 16 96"
                        + " --train-samples 1000 --lr 1e-4 --num-layers 2 --hidden-size 8 --seq-length 8";
        // 16 + 16 + 32 + 48 = 112 samples are past the ramp; then (1000 − 112) // 64 = 13.
        assertThat(read("a.sh", script).resolution().number("steps")).isEqualTo(4 + 13);
        assertThat(read("a.sh", script.replace("16 16 96", "16 15 96"))
                        .resolution()
                        .number("steps"))
                .isNull();
    }

    /** Other programs have a section of this name too, and none of detectron2's defaults. */
    @Test
    void anotherProgramsSolverIsNotDetectrons() {
        String text =
                "{MODEL: {NAME: ViT}, SOLVER: {STAGE1: {IMS_PER_BATCH: 64, BASE_LR: 0.00035}, STAGE2: {BASE_LR: 5e-6}}}";
        assertThat(catchThrowable(() -> read("a.yml", text)))
                .hasMessageContaining("is no configuration that Wane recognises");
    }

    /** The trainer has no such argument: its batch of 8 is not this script's. */
    @Test
    void aBatchOfAnothersMakesAnotherScript() {
        String script = "python train.py --model_id gemma --output_dir out --batch_size 4096 --learning_rate 2e-5"
                + " --num_train_epochs 1 --warmup_steps 100";
        assertThat(read("a.sh", script).format()).isEqualTo("hparams");
        assertThat(read("a.sh", script.replace("--batch_size 4096", "")).format())
                .isEqualTo("hf-trainer");
    }

    /** Two devices hold a sample's two halves; a λ that nothing reads is said. */
    @Test
    void partsOfAContextAreOneReplica() {
        String text = "{model: Qwen/Qwen3, train_dataset: d.yaml, micro_batch_size: 2, cp_size: 2, weight_decay: 0.3,"
                + " learning_rate: 1e-5, max_steps: 10}";
        Node.Mapping file = (Node.Mapping) TreeReader.parse("a.yaml", text);
        ResolvedConfig config = ConfigReader.read(new Sources(file, List.of(), 16L, null), null);
        assertThat(config.resolution().number("batchSize")).isEqualTo(16);
        assertThat(config.findings()).extracting(Finding::rule).containsExactly("ignored-key");
    }

    /** Which of two stages a run trains is for the script to say. */
    @Test
    void twoSectionsAreNotOneRun() {
        String stage = "{per_device_train_batch_size: 4, learning_rate: 2e-4, max_steps: 10}";
        String text = "{stage1: " + stage + ", stage2: " + stage + "}";
        assertThat(catchThrowable(() -> read("a.yml", text)))
                .hasMessageContaining("is no configuration that Wane recognises");
        assertThat(read("a.yml", text.replaceFirst("per_device_train", "x")).format())
                .isEqualTo("hf-trainer");
    }

    /** (1 − x)^0.9, by its value in the middle. */
    @Test
    void aPowerOfWhatIsLeftIsFollowed() {
        ResolvedConfig config = read(
                "a.py",
                expanded(
                        MM.replace("max_epochs=12", "max_iters=8000")
                                + "param_scheduler = [dict(type='PolyLR', power=0.9, eta_min=0, begin=0, end=8000, by_epoch=False)]"));
        assertThat(Objects.requireNonNull(config.recipe()).scheduleOrConstant().multiplier(4000, 8000))
                .isCloseTo(Math.pow(0.5, 0.9), within(1e-4));
    }

    private static ResolvedConfig read(String name, String text) {
        Node.Mapping file = (Node.Mapping) TreeReader.parse(name, text);
        return ConfigReader.read(new Sources(file, List.of(), null, null), null);
    }
}
