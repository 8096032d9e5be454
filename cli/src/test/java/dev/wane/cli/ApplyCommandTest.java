package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {
    private static final String LITGPT = """
            # our run
            model_name: pythia-160m
            train:
              global_batch_size: 512   # over all devices
              micro_batch_size: 4
              epochs: 2
              lr_warmup_steps: 100
            optimizer:
              class_path: torch.optim.AdamW
              init_args:
                lr: 0.0004   # tuned
                weight_decay: 0.1
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Batch × 4: η × 2 and, by constant timescale, λ × 2; nothing else moves. */
    @Test
    void aDiffBringsTheFileToThePlan() throws IOException {
        Path file = Files.writeString(folder.resolve("train.yaml"), LITGPT);

        assertThat(wane("apply", file.toString(), "--dataset-size", "1000000", "--target", "batch-size=2048"))
                .isZero();
        assertThat(out.toString())
                .contains("--- " + file, "@@ -1,12 +1,12 @@")
                .contains(
                        "-  global_batch_size: 512   # over all devices\n+  global_batch_size: 2048   # over all devices")
                .contains("-    lr: 0.0004   # tuned\n+    lr: 8.0e-04   # tuned")
                .contains("-    weight_decay: 0.1\n+    weight_decay: 0.2");
        assertThat(out.toString()).contains("-  lr_warmup_steps: 100\n+  lr_warmup_steps: 25");
        assertThat(err.toString()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(LITGPT);
    }

    /** A batch that is a product grows by its accumulation, or by the micro-batch where that alone is written. */
    @Test
    void aPartOfTheBatchIsChanged() throws IOException {
        String trainer = "output_dir: x\nper_device_train_batch_size: 8\nlearning_rate: 1e-4\nweight_decay: 0.1\n"
                + "max_steps: 1000\n";
        Path accumulating = Files.writeString(folder.resolve("a.yaml"), trainer + "gradient_accumulation_steps: 4\n");
        Path single = Files.writeString(folder.resolve("s.yaml"), trainer);

        assertThat(wane("apply", accumulating.toString(), "--world-size", "8", "--target", "batch-size=1024"))
                .isZero();
        assertThat(wane("apply", single.toString(), "--world-size", "8", "--target", "batch-size=256"))
                .isZero();

        assertThat(out.toString())
                .contains("-gradient_accumulation_steps: 4\n+gradient_accumulation_steps: 16")
                .contains("-per_device_train_batch_size: 8\n+per_device_train_batch_size: 32");
        assertThat(out.toString()).contains("-max_steps: 1000\n+max_steps: 250");
    }

    /** A script stays executable, and a link stays a link to the file that changed. */
    @Test
    void permissionsAndLinksStay() throws IOException {
        Path file = Files.writeString(folder.resolve("train.yaml"), LITGPT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

        assertThat(wane(
                        "apply",
                        link.toString(),
                        "--dataset-size",
                        "1000000",
                        "--target",
                        "batch-size=2048",
                        "--write"))
                .isZero();

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).contains("global_batch_size: 2048");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-xr-x");
    }

    /** What a base file says is not looked for on the same line of the file itself. */
    @Test
    void whatStandsInABaseFileIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("schedule.py"),
                "# base\noptim_wrapper = dict(optimizer=dict(type='SGD', lr=0.1, momentum=0.9, weight_decay=0.0001))\n");
        Path file = Files.writeString(
                folder.resolve("net.py"),
                "_base_ = ['schedule.py']\nbar = 0.0001\ntrain_dataloader = dict(batch_size=32)\n"
                        + "train_cfg = dict(by_epoch=True, max_epochs=100)\n");

        assertThat(wane(
                        "apply",
                        file.toString(),
                        "--world-size",
                        "8",
                        "--dataset-size",
                        "1281167",
                        "--target",
                        "dataset-size=2562334"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("schedule.py:2", "weightDecay stands in another file: set it to");
    }

    @Test
    void writingKeepsABackupAndIsReadBack() throws IOException {
        Path file = Files.writeString(folder.resolve("train.yaml"), LITGPT);
        String[] words = {
            "apply", file.toString(), "--dataset-size", "1000000", "--target", "batch-size=2048", "--write"
        };

        assertThat(wane(words)).isZero();
        assertThat(Files.readString(folder.resolve("train.yaml.orig"))).isEqualTo(LITGPT);
        assertThat(Files.readString(file))
                .isEqualTo(LITGPT.replace("512", "2048")
                        .replace("0.0004", "8.0e-04")
                        .replace("steps: 100", "steps: 25")
                        .replace("decay: 0.1", "decay: 0.2"));
        assertThat(wane("lint", file.toString(), "--dataset-size", "1000000", "--json"))
                .isZero();
        assertThat(out.toString()).contains("\"learningRate\" : 8.0E-4", "\"weightDecay\" : 0.2");
        assertThat(wane(words)).isZero();
        assertThat(out.toString()).contains("nothing to change");
    }

    /** nanoGPT's own file for 124 million parameters: a product, and four numbers that only the script has. */
    @Test
    void whatWasADefaultIsAdded() throws IOException {
        String constants = "wandb_log = True\nbatch_size = 12\nblock_size = 1024\n"
                + "gradient_accumulation_steps = 5 * 8 # not 40\nmax_iters = 600000\nlr_decay_iters = 600000\n"
                + "weight_decay = 1e-1";
        Path file = Files.writeString(folder.resolve("train_gpt2.py"), constants);

        assertThat(wane("apply", file.toString(), "--target", "batch-size=1920", "--lr-rule", "sqrt", "--write"))
                .isZero();

        assertThat(Files.readString(file))
                .isEqualTo("wandb_log = True\nbatch_size = 12\nblock_size = 1024\n"
                        + "gradient_accumulation_steps = 160 # not 40\nmax_iters = 150000\nlr_decay_iters = 150000\n"
                        + "weight_decay = 0.2\nwarmup_iters = 500\nmin_lr = 1.2e-04\nlearning_rate = 0.0012\n");
        assertThat(err.toString()).isEmpty();
    }

    /** A script's variables are changed where they are set, once; what is set twice is named. */
    @Test
    void aVariableOfAScriptIsChangedWhereItIsSet() throws IOException {
        String script =
                "#!/bin/bash\nexport LR=3e-4  # peak\nWD=${WD:-0.1}\nGBS=512\nARGS=\"\n  --lr $LR --min-lr 3e-5\n"
                        + "  --lr-decay-style cosine\n  --weight-decay ${WD} --hidden-dropout 0.1\n  --global-batch-size $GBS\n"
                        + "  --micro-batch-size 4 --train-iters 100000 --lr-warmup-iters 2000 --seq-length 2048\n\"\n"
                        + "torchrun pretrain_gpt.py $ARGS\n";
        Path file = Files.writeString(folder.resolve("train.sh"), script);
        Path twice = Files.writeString(folder.resolve("twice.sh"), script.replace("GBS=512\n", "LR=3e-4\nGBS=512\n"));

        assertThat(wane("apply", file.toString(), "--target", "batch-size=2048", "--lr-rule", "sqrt", "--write"))
                .isZero();
        assertThat(wane("apply", twice.toString(), "--target", "batch-size=2048", "--lr-rule", "sqrt"))
                .isEqualTo(2);

        assertThat(Files.readString(file))
                .isEqualTo(script.replace("LR=3e-4", "LR=6.0e-04")
                        .replace("-0.1}", "-0.2}")
                        .replace("GBS=512", "GBS=2048")
                        .replace("min-lr 3e-5", "min-lr 6.0e-05")
                        .replace("100000", "25000")
                        .replace("iters 2000", "iters 500"));
        assertThat(err.toString()).contains("learningRate 3.0e-04 does not stand here as a number: write 6.0e-04");
    }

    /** A list of steps moves with the run; where it cannot be changed, the run is left too. */
    @Test
    void aScheduleIsChangedAsAWholeOrNamed() throws IOException {
        String text =
                "SOLVER:\n  IMS_PER_BATCH: 16\n  BASE_LR: 0.02\n  STEPS: (60000, 80000)\n  MAX_ITER: 90000\nMODEL:\n"
                        + "  META_ARCHITECTURE: GeneralizedRCNN\n";
        Path file = Files.writeString(folder.resolve("c.yaml"), text);
        Path other = Files.writeString(folder.resolve("d.yaml"), text.replace("(60000, 80000)", "(6e4, 8e4)"));

        assertThat(wane("apply", file.toString(), "--target", "batch-size=32")).isZero();
        assertThat(out.toString()).contains("+  STEPS: (30000, 40000)", "+  MAX_ITER: 45000");

        out.getBuffer().setLength(0);
        assertThat(wane("apply", other.toString(), "--target", "batch-size=32")).isZero();
        assertThat(out.toString()).contains("+  IMS_PER_BATCH: 32").doesNotContain("MAX_ITER: 45000");
        assertThat(err.toString()).contains("the plan's run has 45000 steps, the file says 90000");
    }

    /** A warm-up, the cosine behind it and its end are one course. */
    @Test
    void whatIsNoScheduleStays() throws IOException {
        Path file = Files.writeString(folder.resolve("t.yaml"), """
                output_dir: x
                per_device_train_batch_size: 8
                learning_rate: 1e-3
                weight_decay: 0.1
                max_steps: 1000
                warmup_steps: 100
                generation: {diffusion: {steps: 50}, begin: 5, end: 10, milestones: [1, 2]}
                """);
        assertThat(wane("apply", file.toString(), "--world-size", "1", "--target", "batch-size=16"))
                .isZero();
        assertThat(out.toString()).contains("+max_steps: 500").doesNotContain("+generation");
    }

    @Test
    void theRatesOfAChainOfSchedulesMoveTogether() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), """
                trainer:
                  init:
                    backend: {backend_type: CSX}
                    loop: {num_steps: 10000}
                    optimizer: {AdamW: {betas: [0.9, 0.95], weight_decay: 0.1}}
                    schedulers:
                    - SequentialLR:
                        schedulers:
                        - LinearLR: {initial_learning_rate: 0.0, end_learning_rate: 6.0e-4, total_iters: 500}
                        - CosineDecayLR: {initial_learning_rate: 6.0e-4, end_learning_rate: 6.0e-5, total_iters: 9500}
                  fit:
                    train_dataloader: {data_processor: G, batch_size: 120}
                """);

        assertThat(wane("apply", file.toString(), "--target", "batch-size=480")).isZero();
        assertThat(out.toString())
                .contains("num_steps: 2500", "total_iters: 125}", "total_iters: 2375}")
                .contains("{initial_learning_rate: 0.0012, end_learning_rate: 1.2e-04");
    }

    /** A changed text that its own reader does not take is never shown. */
    @Test
    void whatDoesNotReadBackIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("flow.yaml"),
                "{max_iters: 60000, batch_size: 12, gradient_accumulation_steps: 4, block_size: 8, wandb_log: 1,\n"
                        + "lr_decay_iters: 60000, weight_decay: 0.1}\n");

        assertThat(wane("apply", file.toString(), "--target", "batch-size=96", "--write"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("flow.yaml");
        assertThat(folder.resolve("flow.yaml.orig")).doesNotExist();
    }

    @Test
    void whatIsNotWrittenIsNamedAllAtOnce() throws IOException {
        Path file = Files.writeString(
                folder.resolve("train.yaml"),
                "output_dir: out\nper_device_train_batch_size: 8\nlearning_rate: 1.0e-4\nnum_train_epochs: 3\nweight_decay: 0.1\n");

        assertThat(wane(
                        "apply",
                        file.toString(),
                        "--world-size",
                        "8",
                        "--dataset-size",
                        "10000",
                        "--target",
                        "batch-size=100"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "batchSize is no number of its own in the file (microBatchSize · accumulation · replicas): set it to 100");
        assertThat(wane("apply", file.toString(), "--target", "lr=3e-4", "--law", "nonsense"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("unknown law 'nonsense'");
    }

    private int wane(String... words) {
        return Wane.run(words, new PrintWriter(out), new PrintWriter(err));
    }
}
