<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>BuildStatus</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接中断</translation>
    </message>
</context>
<context>
    <name>DetailsModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>live BuildKit</source>
        <translation>BuildKit 实时</translation>
    </message>
    <message>
        <source>build record (.dockerbuild)</source>
        <translation>构建记录（.dockerbuild）</translation>
    </message>
    <message>
        <source>rawjson progress (the client&apos;s view)</source>
        <translation>rawjson 进度（客户端视角）</translation>
    </message>
    <message>
        <source>plain progress text (the client&apos;s view)</source>
        <translation>纯文本进度（客户端视角）</translation>
    </message>
    <message>
        <source>GitHub Actions</source>
        <translation>GitHub Actions</translation>
    </message>
    <message>
        <source>recorded demo</source>
        <translation>录制的演示</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>joined by likeness: this buildx gives each node&apos;s part a name of its own</source>
        <translation>按相似性合并：此版本的 buildx 为每个节点的部分单独命名</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Frontend</source>
        <translation>前端</translation>
    </message>
    <message>
        <source>Bake call</source>
        <translation>Bake 调用</translation>
    </message>
    <message>
        <source>Secret-looking values are left out: buildx takes those of build arguments from the environment.</source>
        <translation>已略去疑似机密的值：构建参数的这些值由 buildx 从环境中读取。</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>已请求</translation>
    </message>
    <message>
        <source>Imported from</source>
        <translation>导入自</translation>
    </message>
    <message>
        <source>Not used for</source>
        <translation>不用于</translation>
    </message>
    <message>
        <source>all stages (--no-cache)</source>
        <translation>所有阶段（--no-cache）</translation>
    </message>
    <message>
        <source>Exporter</source>
        <translation>导出器</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Pushed or stored</source>
        <translation>推送或存储</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>SSH</source>
        <translation>SSH</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>出了什么问题</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Command that repeats it</source>
        <translation>重复此构建的命令</translation>
    </message>
    <message>
        <source>Build arguments</source>
        <translation>构建参数</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签（label）</translation>
    </message>
    <message>
        <source>Named contexts</source>
        <translation>命名上下文</translation>
    </message>
    <message>
        <source>Secrets and SSH (ids only)</source>
        <translation>机密与 SSH（仅 ID）</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Digests</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Attestations</source>
        <translation>证明</translation>
    </message>
    <message>
        <source>Provenance: what it was made from</source>
        <translation>来源证明：由什么构建而成</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Other attributes</source>
        <translation>其他属性</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>%1 is not there. It may have been moved or deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: it is damaged, or not what it seems to be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is larger than the limits allow. Nothing of it was kept; the limit for files is in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 may not be read by you. Ask its owner, or change its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer. Check that it runs and can be reached from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 took too long to answer. Try again in a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds no build. Layerline opens .dockerbuild records, rawjson and plain progress, and zips of logs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not opened, as you wished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is damaged: its content does not match its checksum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be opened because of a fault in Layerline or the system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something that is needed is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something can&apos;t be read: it is damaged, or not what it seems to be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is larger than the limits allow; nothing of it was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system does not allow it. Check the permissions of what is named below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody answers. Check that the builder runs and can be reached from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was no answer in time. Try again in a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side is too old, or of a kind that is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored data is damaged: it does not match its checksum. What could be saved was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something failed in Layerline or the system.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FailureTexts</name>
    <message>
        <source>Set up QEMU before the build (docker/setup-qemu-action, or apt install qemu-user-static).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the base image and copied programs are of the platform that is built.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build the platform on a native runner or node.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin another version of QEMU (tonistiigi/binfmt).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a base image that is published for the platform, or leave the platform out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free disk space before the build.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean up the builder&apos;s cache.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the machine more memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the compiler run fewer jobs at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the builder&apos;s DNS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy settings of the builder (http_proxy, no_proxy).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log in to the registry before the build.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the image&apos;s name: a wrong one is refused the same way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant the job packages: write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create the repository in the registry first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log in before pulling: anonymous pulls are limited.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a registry mirror.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow the action in the role&apos;s policy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant the job id-token: write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the role trusts this repository and branch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the secret to the repository or environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs of pull requests from forks get no secrets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the names of uploaded and downloaded artifacts fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the same major version of upload-artifact and download-artifact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set fail-fast: false, so that one platform does not cancel the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the lock file against what the registry serves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the cache that holds the damaged download.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a major version of the action that still exists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is of another architecture and there is no emulator for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A program of another architecture was started and there is no emulator for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no image for this platform: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base image is not published for this platform.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The emulated program crashed in QEMU (%1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The emulated program crashed in QEMU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk was full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The memory was used up and the system ended the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name %1 could not be resolved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A host&apos;s name could not be resolved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy refused the connection: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy refused the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A server did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The registry wants a login for %1 (401).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The registry wants a login (401).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The registry forbids it: %1 (403).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The registry forbids it (403).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many pulls from %1 (429).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many pulls from the registry (429).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AWS does not allow %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AWS does not allow it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There were no AWS credentials, or the role could not be assumed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The secret or input %1 is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A secret is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The artifact %1 with a platform&apos;s digest is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The artifact with a platform&apos;s digest is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A download is not what was expected: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A download does not match its checksum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub no longer runs %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub no longer runs this version of an action.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayersModel</name>
    <message>
        <source>%1, digest %2</source>
        <translation>%1，摘要 %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>from scratch</source>
        <translation>来自 scratch</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>LogSaver</name>
    <message>
        <source>The log was not saved: %1</source>
        <translation>日志未能保存：%1</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
</context>
<context>
    <name>PlanTexts</name>
    <message>
        <source>where its cache was exported to, if anywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the folder its result (%1) was written to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the folder behind the named context %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the bake file: only this target (%1) is built again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whether it used secrets or SSH keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the secret %1: it is asked for again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the SSH key %1: it is asked for again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what it was allowed beyond the usual (entitlements)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the image&apos;s tag: each node only pushed its own part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the attribute %1, which this version can&apos;t repeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the secret-looking value of %1, which was not kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This build is known from a text only, which holds no arguments.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder %1 is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not known which folder to build.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its context came through a pipe, which nobody kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its Dockerfile came through a pipe, which nobody kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no builder %1 any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is neither docker buildx nor a buildx of its own on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The named context %1 is the result of another bake target.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The secret %1 is needed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The SSH key %1 is needed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its result (%1) was written to files, and it is not known where.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of the named context %1 is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name another Dockerfile above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make one: docker buildx create.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install Debian&apos;s package docker-buildx or Docker&apos;s docker-buildx-plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build the bake file instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer above; it is handed over and not kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the command line: layerline rebuild --output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the command line: layerline rebuild --build-context.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RepeatCommand</name>
    <message>
        <source>The folders of named contexts are not recorded: put them in.</source>
        <translation>记录中没有命名上下文的目录：请自行填入。</translation>
    </message>
    <message>
        <source>Secrets are recorded by id only: add env= or src= where the id is not an environment variable.</source>
        <translation>机密只记录 ID：若 ID 不是环境变量，请补上 env= 或 src=。</translation>
    </message>
    <message>
        <source>Ids of secrets and ssh keys are known only from a provenance, which this build has not.</source>
        <translation>机密与 SSH 密钥的 ID 只能从来源证明得知，而此构建没有来源证明。</translation>
    </message>
    <message>
        <source>Cache exports are not recorded.</source>
        <translation>缓存导出没有记录。</translation>
    </message>
    <message>
        <source>Where the files went is not recorded: &quot;out&quot; stands for it.</source>
        <translation>文件的去处没有记录：以“out”代替。</translation>
    </message>
    <message>
        <source>The context folder is not recorded: &quot;.&quot; stands for it.</source>
        <translation>上下文目录没有记录：以“.”代替。</translation>
    </message>
    <message>
        <source>It was one target of a bake call; this builds the target alone.</source>
        <translation>它是某次 bake 调用的一个目标；此命令只构建该目标。</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>canceled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>native</source>
        <translation>原生</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>交叉</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 of %2, %3 cached</source>
        <translation>%1 / %2，%3 个来自缓存</translation>
    </message>
    <message>
        <source>Ref</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Merged from several nodes&apos; records by likeness (inferred).</source>
        <translation>由多个节点的记录按相似性合并（推断）。</translation>
    </message>
    <message>
        <source>Build arguments</source>
        <translation>构建参数</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>Cached</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>历时</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Critical path, %1</source>
        <translation>关键路径，%1</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>in step: %1</source>
        <translation>步骤：%1</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>No builds.</source>
        <translation>没有构建。</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>ReportWatch</name>
    <message>
        <source>build started</source>
        <translation>构建开始</translation>
    </message>
    <message>
        <source>build completed</source>
        <translation>构建完成</translation>
    </message>
    <message>
        <source>build canceled</source>
        <translation>构建已取消</translation>
    </message>
    <message>
        <source>build failed: %1</source>
        <translation>构建失败：%1</translation>
    </message>
    <message>
        <source>removed from the builder&apos;s history</source>
        <translation>已从构建器的历史中移除</translation>
    </message>
    <message>
        <source>failed   %1</source>
        <translation>失败   %1</translation>
    </message>
    <message>
        <source>cached   %1</source>
        <translation>缓存   %1</translation>
    </message>
    <message>
        <source>done     %1</source>
        <translation>完成   %1</translation>
    </message>
    <message>
        <source>started  %1</source>
        <translation>开始   %1</translation>
    </message>
    <message>
        <source>warning  %1</source>
        <translation>警告   %1</translation>
    </message>
    <message>
        <source>connection lost: %1</source>
        <translation>连接中断：%1</translation>
    </message>
</context>
<context>
    <name>RunCost</name>
    <message numerus="yes">
        <source>%n minute(s) billed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, about %2 %3 (prices of %4; public repositories pay nothing)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsHistory</name>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::ActionDialog</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished">复制</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::AddressDialog</name>
    <message>
        <source>An address begins with unix:// or tcp://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After unix:// comes a path from the root, as in unix:///run/buildkit/buildkitd.sock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After tcp:// comes a host, as in tcp://10.0.0.7:1234.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After the host comes a port from 1 to 65535, as in tcp://10.0.0.7:1234.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are characters that belong in no address: spaces, a user, or a path behind the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a builder address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where a BuildKit daemon (buildkitd) listens. Layerline only watches it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This address is watched already.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::BuildActions</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it was…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 only…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try %1 again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something else…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New build</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build %1 again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The build</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the build</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its client is interrupted, and killed if it has not ended after ten seconds. Steps that are done stay in the cache.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layerline did not start this build. BuildKit has no call to cancel somebody else&apos;s: press Ctrl+C in the terminal it was started in, or stop the program that started it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can&apos;t be cancelled from here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::BuildDialog</name>
    <message>
        <source>Start the build</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder, bake file, or address of a git repository</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <comment>the file&apos;s usual name</comment>
        <translation type="unfinished">Dockerfile</translation>
    </message>
    <message>
        <source>name:tag, several with spaces between</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build</source>
        <translation type="unfinished">构建</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation type="unfinished">Dockerfile</translation>
    </message>
    <message>
        <source>Target</source>
        <translation type="unfinished">目标</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation type="unfinished">构建器</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation type="unfinished">平台</translation>
    </message>
    <message>
        <source>%1 only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a native node…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Push</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the result to the registry its tags name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One build for each platform: when one fails the others finish, and only that one is tried again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run every step, also those that are cached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for newer base images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the registries instead of taking the base images that are here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished">复制</translation>
    </message>
    <message numerus="yes">
        <source>%n platform(s) will run under QEMU, which is several times slower. A native node avoids that.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>What is not available needs an emulator: apt install qemu-user-static, or docker run --privileged --rm tonistiigi/binfmt --install all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No record keeps these, so they are not repeated:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>variable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SSH key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secret %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder to build</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::BuildHeader</name>
    <message numerus="yes">
        <source>builder %1 · %n nodes</source>
        <translation>
            <numerusform>构建器 %1 · %n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>builder %1</source>
        <translation>构建器 %1</translation>
    </message>
    <message>
        <source>These nodes&apos; records look like parts of one build (old buildx keeps no common ref).</source>
        <translation>这些节点的记录看起来属于同一次构建（旧版 buildx 不保存共同的引用）。</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>from rawjson</source>
        <translation>来自 rawjson</translation>
    </message>
    <message>
        <source>from a log: edges unknown</source>
        <translation>来自日志：依赖关系未知</translation>
    </message>
    <message>
        <source>GitHub Actions</source>
        <translation>GitHub Actions</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>已用时间</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>From cache</source>
        <translation>来自缓存</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 / %2 个步骤</translation>
    </message>
    <message>
        <source>Critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>Emulated so far</source>
        <translation>已模拟</translation>
    </message>
    <message>
        <source>Emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>native would take about %1</source>
        <translation>原生约需 %1</translation>
    </message>
</context>
<context>
    <name>layerline::BuildListDelegate</name>
    <message>
        <source>started %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>ended %1</source>
        <translation>结束于 %1</translation>
    </message>
    <message>
        <source>%1 of %2 steps, %3 from cache</source>
        <translation>%1 / %2 个步骤，%3 个来自缓存</translation>
    </message>
    <message numerus="yes">
        <source>Bake of %n build(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>bake · %n build(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuildListModel</name>
    <message numerus="yes">
        <source>%n platform(s)</source>
        <translation>
            <numerusform>%n 个平台</numerusform>
        </translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1%2 failed</source>
        <translation>%1%2 失败</translation>
    </message>
    <message>
        <source>%1failed</source>
        <translation>%1失败</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 / %2 个步骤</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>%1 % cached</source>
        <translation>%1% 来自缓存</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>M 月 d 日</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy 年 M 月 d 日</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message numerus="yes">
        <source>bake of %n build(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>expanded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::BuildListPanel</name>
    <message>
        <source>Builds</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Search builds, tags, errors…</source>
        <translation>搜索构建、标签、错误…</translation>
    </message>
    <message>
        <source>Search builds</source>
        <translation>搜索构建</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Ctrl K</translation>
    </message>
    <message>
        <source>No build matches</source>
        <translation>没有匹配的构建</translation>
    </message>
    <message numerus="yes">
        <source>The name, builder, tag, platform, error and reference of %n build(s) were searched for “%1”.</source>
        <translation>
            <numerusform>已在 %n 个构建的名称、构建器、标签、平台、错误和引用中查找“%1”。</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>No builds yet</source>
        <translation>还没有构建</translation>
    </message>
    <message>
        <source>Start one in any terminal, it appears here by itself:
docker buildx build .</source>
        <translation>在任意终端启动构建，它会自动出现在这里：
docker buildx build .</translation>
    </message>
    <message>
        <source>Play the recorded demo</source>
        <translation>播放录制的演示</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
</context>
<context>
    <name>layerline::BuildPage</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>layerline::BuilderActions</name>
    <message>
        <source>Clean up the cache of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) go, %1 in all. What a running build needs and what images share stays.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The next builds run those steps again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Delete %1 of cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to delete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use %1 by default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`docker buildx build` without --builder goes to it from then on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its containers start; what is missing is pulled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Builds that run on it fail. Its cache stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The builder goes, with its containers and their cache. Builds that run on it fail.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a native node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ended with status %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::BuilderCard</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>unused for %1</source>
        <translation>%1未使用</translation>
    </message>
    <message>
        <source>beyond %1 in all</source>
        <translation>总量超过 %1</translation>
    </message>
    <message>
        <source>never below %1</source>
        <translation>至少保留 %1</translation>
    </message>
    <message>
        <source>when less than %1 is free</source>
        <translation>可用空间少于 %1 时</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>what no image uses</source>
        <translation>没有镜像使用的内容</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The buildx driver</source>
        <translation>buildx 驱动</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>`docker buildx build` uses it when no builder is named</source>
        <translation>未指定构建器时，`docker buildx build` 使用它</translation>
    </message>
    <message>
        <source>BuildKit %1</source>
        <translation>BuildKit %1</translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) running</source>
        <translation>
            <numerusform>%n 个构建运行中</numerusform>
        </translation>
    </message>
    <message>
        <source>same engine as %1</source>
        <translation>与 %1 是同一引擎</translation>
    </message>
    <message>
        <source>Worker %1</source>
        <translation>Worker %1</translation>
    </message>
    <message>
        <source>Cache %1</source>
        <translation>缓存 %1</translation>
    </message>
    <message>
        <source>nothing kept yet</source>
        <translation>尚无内容</translation>
    </message>
    <message>
        <source>%1 can be freed</source>
        <translation>可释放 %1</translation>
    </message>
    <message>
        <source>Removed by itself</source>
        <translation>自动清理</translation>
    </message>
    <message>
        <source>Manage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean up its cache…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it by default…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a node…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::BuildersModel</name>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>local contexts</source>
        <translation>本地上下文</translation>
    </message>
    <message>
        <source>git checkouts</source>
        <translation>git 检出</translation>
    </message>
    <message>
        <source>cache mounts</source>
        <translation>缓存挂载</translation>
    </message>
    <message>
        <source>frontends</source>
        <translation>前端</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>live</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>down</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>not answering</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>forbidden</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>%1 is being reached for the first time.</source>
        <translation>正在首次连接 %1。</translation>
    </message>
    <message>
        <source>Nobody answers at %1&apos;s address. Is its engine running?</source>
        <translation>%1 的地址无人应答。它的引擎在运行吗？</translation>
    </message>
    <message>
        <source>%1 takes the connection but does not answer in time. It may be overloaded or frozen.</source>
        <translation>%1 接受了连接，但未及时应答。它可能过载或已冻结。</translation>
    </message>
    <message>
        <source>%1 refuses us. Your user may need to be in the docker group, or the keys are missing.</source>
        <translation>%1 拒绝了连接。你的用户可能需要加入 docker 组，或缺少密钥。</translation>
    </message>
    <message>
        <source>%1 is stopped and stays so: Layerline never starts a builder by looking at it.</source>
        <translation>%1 已停止，并保持停止：Layerline 从不因为查看而启动构建器。</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Disk use</source>
        <translation>磁盘占用</translation>
    </message>
</context>
<context>
    <name>layerline::BuildersPage</name>
    <message>
        <source>Builders</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Read the nodes and their disk use anew</source>
        <translation>重新读取节点及其磁盘占用</translation>
    </message>
    <message>
        <source>No builder is known. Start Docker, or make one with `docker buildx create`: it appears here by itself.</source>
        <translation>没有已知的构建器。启动 Docker，或用 `docker buildx create` 创建一个：它会自动出现在这里。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live</source>
        <translation>
            <numerusform>%n 个在线</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a problem</source>
        <translation>
            <numerusform>%n 个有问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a builder address…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch a BuildKit daemon that buildx and Docker do not know</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::CachesDialog</name>
    <message>
        <source>Delete this scope&apos;s entries…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build caches of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking GitHub…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Branch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished">状态</translation>
    </message>
    <message>
        <source>Written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 used by %n entries.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 used by %n entries.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Layers are shared between scopes, so GitHub knows no size of a scope. What nobody used for 7 days is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>live</source>
        <translation type="unfinished">在线</translation>
    </message>
    <message>
        <source>stale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>written by several architectures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete cache entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries of the cache scope “%1”? The next build of it starts without a cache. This can&apos;t be undone.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::CommandPalette</name>
    <message>
        <source>Type a command or a build…</source>
        <translation>输入命令或构建…</translation>
    </message>
</context>
<context>
    <name>layerline::DetailsPane</name>
    <message>
        <source>No build is selected.</source>
        <translation>未选择构建。</translation>
    </message>
</context>
<context>
    <name>layerline::DetailsValue</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Hide the value</source>
        <translation>隐藏该值</translation>
    </message>
    <message>
        <source>Show the value</source>
        <translation>显示该值</translation>
    </message>
</context>
<context>
    <name>layerline::DiskUseView</name>
    <message>
        <source>used today</source>
        <translation>今天使用</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>longer ago</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>%1 %2 (%3 can be freed)</source>
        <translation>%1 %2（可释放 %3）</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %L2 bytes</source>
        <translation>%1：%L2 字节</translation>
    </message>
    <message>
        <source>can be freed: %L1 bytes</source>
        <translation>可释放：%L1 字节</translation>
    </message>
</context>
<context>
    <name>layerline::DispatchDialog</name>
    <message>
        <source>Start the workflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a workflow of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Branch or tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No workflow of this repository can be started by hand (on: workflow_dispatch).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workflow file of the default branch must know the inputs; the jobs run on %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::EmptyState</name>
    <message>
        <source>Play the recorded demo</source>
        <translation>播放录制的演示</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Ready: waiting for a build</source>
        <translation>就绪：等待构建</translation>
    </message>
    <message>
        <source>Start one in any terminal, from Compose, Bake or your editor. Whoever starts it, it appears here as it runs, with a lane for each architecture.</source>
        <translation>在任意终端、Compose、Bake 或编辑器中启动构建。无论由谁启动，它都会在运行时出现在这里，每个架构一条泳道。</translation>
    </message>
    <message>
        <source>For example</source>
        <translation>例如</translation>
    </message>
    <message>
        <source>Nothing to build at hand? The demo replays real builds, recorded on two platforms.</source>
        <translation>手头没有可构建的项目？演示会回放在两个平台上录制的真实构建。</translation>
    </message>
    <message>
        <source>No builder found yet</source>
        <translation>尚未找到构建器</translation>
    </message>
    <message>
        <source>Layerline watches BuildKit, which does the work of `docker build`. Start Docker, or make a builder with buildx; it is noticed by itself.</source>
        <translation>Layerline 监视 BuildKit，`docker build` 的工作由它完成。启动 Docker，或用 buildx 创建构建器，都会被自动发现。</translation>
    </message>
    <message>
        <source>Make a builder that also builds for other architectures</source>
        <translation>创建可为其他架构构建的构建器</translation>
    </message>
    <message>
        <source>You need no builder to look around: the demo replays real builds, and files (.dockerbuild, rawjson, plain logs) open without Docker.</source>
        <translation>没有构建器也可以先看看：演示会回放真实的构建，文件（.dockerbuild、rawjson、纯文本日志）无需 Docker 即可打开。</translation>
    </message>
</context>
<context>
    <name>layerline::ErrorDialog</name>
    <message>
        <source>Layerline</source>
        <translation type="unfinished">Layerline</translation>
    </message>
    <message>
        <source>Technical text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished">复制</translation>
    </message>
    <message>
        <source>Copy both texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::FileOpener</name>
    <message>
        <source>Opening %1…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::ImageDialog</name>
    <message>
        <source>Watch an image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised platforms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ghcr.io/owner/name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>linux/amd64, linux/arm64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promise these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image</source>
        <translation type="unfinished">镜像</translation>
    </message>
    <message>
        <source>Without a promise, a platform is expected when another tag has it. The registry is read as docker would read it, with the sign-in docker has; nothing of that is kept here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::ImagesList</name>
    <message>
        <source>Watched images</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::JobsModel</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished">%1 秒</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation type="unfinished">%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation type="unfinished">%1 时 %2 分</translation>
    </message>
    <message>
        <source>merge</source>
        <translation type="unfinished">合并</translation>
    </message>
    <message>
        <source>Asked for a runner labelled %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ran on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platform: from the build&apos;s own record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platform: from the workflow&apos;s platforms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platform: from the runner&apos;s label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platform: guessed from the job&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platform</source>
        <translation type="unfinished">平台</translation>
    </message>
    <message>
        <source>Queue and steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ran</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished">失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished">已取消</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>given up by GitHub</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>could not start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished">等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished">运行中</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished">未知</translation>
    </message>
</context>
<context>
    <name>layerline::JobsTable</name>
    <message>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run this job again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::Labels</name>
    <message>
        <source>load build context</source>
        <translation>加载构建上下文</translation>
    </message>
    <message>
        <source>context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>metadata %1</source>
        <translation>元数据 %1</translation>
    </message>
    <message>
        <source>export to %1</source>
        <translation>导出到 %1</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>export cache</source>
        <translation>导出缓存</translation>
    </message>
    <message>
        <source>cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>merge manifests</source>
        <translation>合并清单</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>合并</translation>
    </message>
</context>
<context>
    <name>layerline::LayersHeader</name>
    <message>
        <source>edges</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>Draw what the selected step needs and what needs it</source>
        <translation>画出所选步骤依赖什么、被什么依赖</translation>
    </message>
    <message>
        <source>fold</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Close or open all groups</source>
        <translation>折叠或展开所有分组</translation>
    </message>
</context>
<context>
    <name>layerline::LayersModel</name>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>joined, %1</source>
        <translation>共用，%1</translation>
    </message>
    <message>
        <source>running, %1</source>
        <translation>运行中，%1</translation>
    </message>
    <message>
        <source>%1, invalidated by its parent</source>
        <translation>%1，因上游步骤而失效</translation>
    </message>
    <message>
        <source>failed after %1</source>
        <translation>%1 后失败</translation>
    </message>
    <message>
        <source>cancelled after %1</source>
        <translation>%1 后取消</translation>
    </message>
    <message>
        <source>Stage › step</source>
        <translation>阶段 › 步骤</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>%1 · native</source>
        <translation>%1 · 原生</translation>
    </message>
    <message>
        <source>%1 · QEMU</source>
        <translation>%1 · QEMU</translation>
    </message>
    <message>
        <source>%1 · cross-compiled</source>
        <translation>%1 · 交叉编译</translation>
    </message>
</context>
<context>
    <name>layerline::LayersTable</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>已传输</translation>
    </message>
    <message>
        <source>%L1 bytes</source>
        <translation>%L1 字节</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source> (emulated)</source>
        <translation>（模拟）</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>用于平台</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Took %1 times as long emulated as on its own architecture</source>
        <translation>模拟运行的耗时是在其原生架构上的 %1 倍</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>layerline::LogCanvas</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Opens %1</source>
        <translation>打开 %1</translation>
    </message>
</context>
<context>
    <name>layerline::LogSearchBar</name>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Previous match (Shift+N)</source>
        <translation>上一处匹配（Shift+N）</translation>
    </message>
    <message>
        <source>Next match (N)</source>
        <translation>下一处匹配（N）</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>关闭搜索（Esc）</translation>
    </message>
    <message>
        <source>Search this log</source>
        <translation>搜索此日志</translation>
    </message>
    <message>
        <source>not a pattern</source>
        <translation>表达式无效</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>无匹配</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n 处匹配</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n line(s) the pattern took too long to decide.</source>
        <translation>
            <numerusform>有 %n 行匹配耗时过长，未能判定。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::LogView</name>
    <message>
        <source>step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Lines of the selected step</source>
        <translation>所选步骤的输出</translation>
    </message>
    <message>
        <source>Lines of all steps of the platform, by time</source>
        <translation>该平台所有步骤的输出，按时间排列</translation>
    </message>
    <message>
        <source>Lines of all steps, by time</source>
        <translation>所有步骤的输出，按时间排列</translation>
    </message>
    <message>
        <source>Stay at the end while lines come (F)</source>
        <translation>有新输出时停留在末尾（F）</translation>
    </message>
    <message>
        <source>Search this log (/)</source>
        <translation>搜索此日志（/）</translation>
    </message>
    <message>
        <source>Go to the first error (E)</source>
        <translation>跳到第一个错误（E）</translation>
    </message>
    <message>
        <source>Save this log to a file…</source>
        <translation>将此日志保存到文件…</translation>
    </message>
    <message>
        <source>Show the time of each line</source>
        <translation>显示每行的时间</translation>
    </message>
    <message>
        <source>Copy the option</source>
        <translation>复制该选项</translation>
    </message>
    <message>
        <source>All steps</source>
        <translation>所有步骤</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>[%1] all steps</source>
        <translation>[%1] 所有步骤</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>No build is selected.</source>
        <translation>未选择构建。</translation>
    </message>
    <message>
        <source>No step has written anything yet.</source>
        <translation>还没有步骤产生输出。</translation>
    </message>
    <message>
        <source>No step wrote anything.</source>
        <translation>没有步骤产生过输出。</translation>
    </message>
    <message>
        <source>This step has not begun.</source>
        <translation>此步骤尚未开始。</translation>
    </message>
    <message>
        <source>This step has not written anything yet.</source>
        <translation>此步骤还没有输出。</translation>
    </message>
    <message>
        <source>This step came from the cache. It did not run, so there is no output.</source>
        <translation>此步骤来自缓存，没有运行，因此没有输出。</translation>
    </message>
    <message>
        <source>This step wrote nothing.</source>
        <translation>此步骤没有输出。</translation>
    </message>
    <message>
        <source>BuildKit cut this log at its limit (2 MiB a step, 200 kB/s). To keep all of it, start the builder with BUILDKIT_STEP_LOG_MAX_SIZE=-1 and BUILDKIT_STEP_LOG_MAX_SPEED=-1.</source>
        <translation>BuildKit 已按上限截断此日志（每步 2 MiB，每秒 200 kB）。要保留全部输出，请以 BUILDKIT_STEP_LOG_MAX_SIZE=-1 和 BUILDKIT_STEP_LOG_MAX_SPEED=-1 启动构建器。</translation>
    </message>
    <message>
        <source>%1 of this log never arrived.</source>
        <translation>此日志有 %1 未曾收到。</translation>
    </message>
</context>
<context>
    <name>layerline::MainWindow</name>
    <message>
        <source>Builds</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Builders</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Recorded demo</source>
        <translation>录制的演示(&amp;R)</translation>
    </message>
    <message>
        <source>Cold build</source>
        <translation>冷构建</translation>
    </message>
    <message>
        <source>Warm build</source>
        <translation>热构建</translation>
    </message>
    <message>
        <source>Failed build</source>
        <translation>失败的构建</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>命令面板…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>About Layerline</source>
        <translation>关于 Layerline</translation>
    </message>
    <message>
        <source>Layerline %1

Watches every multi-architecture container build of this machine.
GPL-3.0-or-later</source>
        <translation>Layerline %1

查看这台机器上的每一次多架构容器构建。
GPL-3.0-or-later</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Play or pause the recording</source>
        <translation>播放或暂停录制</translation>
    </message>
    <message>
        <source>Open a build</source>
        <translation>打开构建</translation>
    </message>
    <message>
        <source>Builds and logs (*.dockerbuild *.json *.jsonl *.log *.txt *.zip);;All files (*)</source>
        <translation>构建与日志 (*.dockerbuild *.json *.jsonl *.log *.txt *.zip);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Play the &amp;demo</source>
        <translation>播放演示(&amp;D)</translation>
    </message>
    <message>
        <source>No builder was found on this machine. You are watching a recorded build.</source>
        <translation>这台机器上没有找到构建器。你正在观看录制的构建。</translation>
    </message>
    <message>
        <source>How to get a builder</source>
        <translation>如何获得构建器</translation>
    </message>
    <message>
        <source>Hide this</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>&amp;Build</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New build…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build &amp;again…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel the build…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a native &amp;node…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipelines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Releases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::MoveTagDialog</name>
    <message>
        <source>nothing: there is no such tag yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>single manifest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never under this tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can be pulled from this tag now and could not be any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tag is an index now and would be the manifest of one platform.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The target names %1, but the registry does not have that manifest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signature or attestation %1 stays with the present digest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The present digest is signed and the target is not: who verifies signatures will refuse it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The present index carries provenance or SBOMs, the target none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move %1:%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or paste a digest: sha256:…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digest</source>
        <translation type="unfinished">摘要</translation>
    </message>
    <message>
        <source>What is sent to the registry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving, then reading it back…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No earlier digest of this tag was seen from this machine, and no other tag has one. Registries keep no history: paste the digest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the digest %1 should point at. Nothing is built, and the digest stays what it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation type="unfinished">平台</translation>
    </message>
    <message>
        <source>Seen here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading both ends from the registry…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now: %1
Then: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>the %L1 bytes the registry has under that digest</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The tag points there already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moved. Read back from the registry: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::NodeDialog</name>
    <message>
        <source>Add the node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a native node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A machine of the other architecture builds its platforms natively, several times faster than QEMU. It needs Docker or BuildKit and a way to it, for example ssh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ssh://me@arm-machine, tcp://host:port or a docker context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Builder</source>
        <translation type="unfinished">构建器</translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation type="unfinished">平台</translation>
    </message>
</context>
<context>
    <name>layerline::Notifier</name>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is built</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation type="unfinished">%1%2 失败 {1 ?}</translation>
    </message>
    <message>
        <source>%1 passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waits for a runner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On builder %1, in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, after %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First failure: %1
%2, after %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 has waited %3 for a runner labelled %4.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::PipelineActions</name>
    <message>
        <source>Signing in with a code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking GitHub to start it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the failed jobs again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run all jobs again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 keeps its number and gets attempt %2. It builds the same commit and the workflow as it was then: a changed workflow is not picked up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for GitHub to show the new attempt…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run one job again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, and the jobs that need it, run again on the same commit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Force the run to end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All jobs of %1 end at once, also those that would go on when cancelled (if: always()).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub asks all jobs of %1 to end. What they pushed already stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the jobs to end…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::PipelinesEmpty</name>
    <message>
        <source>Asking GitHub…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the token still works, and what it may do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub does not take this token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have run out or been withdrawn. Nothing is asked for until there is another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another token…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub can&apos;t be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is tried again by itself. What was seen before stays here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch GitHub Actions beside your local builds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A lane for each architecture of a run, the time it waited for a runner apart from the time it ran, and when a job ends its build steps as if it had run here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs a token. A fine-grained one with read access to Actions is enough to watch; write access to Actions lets you start, repeat and cancel runs. GH_TOKEN and GITHUB_TOKEN are used when they are set. The token is kept in the system&apos;s keyring, or only in memory when there is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which repository?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name it as owner/name, by its address, or choose a folder that was cloned from GitHub.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a repository…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run appears here as soon as GitHub knows it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::PipelinesPage</name>
    <message>
        <source>Pipelines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a repository…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed jobs only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Force: also jobs that refuse to end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open on GitHub</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a workflow…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build caches of the repository…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search runs, branches, errors…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The runs of the repositories you add appear here by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking GitHub…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %L2 of %L3 requests left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The token lacks %n permission(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Account…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::PlatformChips</name>
    <message>
        <source>%1 runs natively here</source>
        <translation>%1 在此原生运行</translation>
    </message>
    <message>
        <source>%1 runs under QEMU here: expect it to be several times slower</source>
        <translation>%1 在此由 QEMU 模拟运行：预计会慢数倍</translation>
    </message>
    <message>
        <source>%1: not known whether this machine runs it natively</source>
        <translation>%1：不清楚这台机器能否原生运行</translation>
    </message>
</context>
<context>
    <name>layerline::PlatformTable</name>
    <message>
        <source>never built here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>usually %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation type="unfinished">平台</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation type="unfinished">平台</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished">运行方式</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>native here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>native on node %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>emulated (QEMU %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>emulated (QEMU)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not available</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The median of %n earlier build(s) of the same target</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::ProgressDialog</name>
    <message>
        <source>Layerline</source>
        <translation type="unfinished">Layerline</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::Releases</name>
    <message>
        <source>&quot;%1&quot; is no platform: write os/architecture, for example linux/arm64.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::ReleasesModel</name>
    <message>
        <source>%1, promised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished">标签</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation type="unfinished">摘要</translation>
    </message>
    <message>
        <source>Made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The images do not say when they were made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest of one platform</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>With %n attestation(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Promised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not promised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Built: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Published: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MISSING</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>extra</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished">未知</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation type="unfinished">
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation type="unfinished">
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::ReleasesPage</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is promised and not published: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not what the job built: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Releases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an image to watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the tag…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised platforms…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the gate&apos;s command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop watching this image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is every promised platform published?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name an image and the platforms it promises. Layerline reads its tags from the registry, signed in as docker is, and shows which platform is there under which digest, and loudly which one is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tag can be moved back to an earlier digest without building anything again. From a script, the same check is layerline gate IMAGE --platform linux/amd64 --platform linux/arm64.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an image…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is promised: say which platforms it should have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the registry…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected, because other tags have them: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read %1 ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The registry can&apos;t be read: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::ReleasesTable</name>
    <message>
        <source>Tags and platforms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move this tag…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the digest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>promised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>single manifest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::ReplayBar</name>
    <message>
        <source>Recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Position in the recording</source>
        <translation>录制中的位置</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停（空格）</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>播放（空格）</translation>
    </message>
</context>
<context>
    <name>layerline::RepositoryDialog</name>
    <message>
        <source>Watch it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch a repository</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name it as owner/name, paste its address, or choose a folder that was cloned from GitHub.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>owner/name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repository</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder cloned from GitHub</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::RunNotices</name>
    <message>
        <source>%1 has waited %2 for a runner labelled %3; it usually waits %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has waited %2 for a runner labelled %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub gives out a job&apos;s log only when the job has ended. Until then its page shows it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 asks for a runner labelled %2. There is no such runner: it will wait until GitHub gives up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 asks for a runner labelled %2. There is no such runner: it will wait until GitHub gives up. Did you mean %3?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waits for a runner labelled %2, but no runner of this repository has that label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waits for a runner labelled %2. Those runners are offline: start one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waits for a runner labelled %2. All of them are busy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waits because as many jobs run as the plan allows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These steps were read from the log: what depends on what is unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several architectures write the cache scope %1: the last one to finish wins, and the others find nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub refused: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::SettingsAddresses</name>
    <message>
        <source>Builder addresses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Builders of buildx and Docker are found by themselves. Add the address of a BuildKit daemon that they do not know; it is watched, never started or changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an address…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop watching %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::SettingsAppearance</name>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language and colours of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation type="unfinished">跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished">浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished">深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished">主题</translation>
    </message>
    <message>
        <source>The language changes when Layerline is started again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::SettingsHistory</name>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished builds with their logs, kept after the builder has forgotten them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Builds, at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days, at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size, at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another folder is used when Layerline is started again. What is in the present one stays there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The oldest builds beyond a limit are deleted; pinned ones stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Kept now: %n build(s), %1.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The folder wants a path from the root, like %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n build(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation type="unfinished">
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep no more than %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The oldest builds beyond that are deleted now, with their logs. This can&apos;t be undone. Pinned builds stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete what is beyond</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::SettingsLogs</name>
    <message>
        <source>Logs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guards against output that never ends. What lies beyond a limit is not kept, and the log says so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log of one step, at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File to open, at most</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::SignInDialog</name>
    <message>
        <source>Use this token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in with a code…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget the token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>github.com, or the name of your GitHub Enterprise server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classic or fine-grained token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching needs read access to Actions. Running again, cancelling and starting need write access to Actions; a rollback needs write access to Contents, Workflows and Pull requests. The token is kept in the system&apos;s keyring, or only in memory when there is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type this code on GitHub&apos;s page. This window notices by itself when you have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking GitHub…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as %1 (the token comes from: %2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub does not take this token: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GitHub can&apos;t be reached: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing permission: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::StepInspector</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, native</source>
        <translation>%1，原生</translation>
    </message>
    <message>
        <source>%1, emulated by QEMU (inferred: not the node&apos;s own architecture)</source>
        <translation>%1，由 QEMU 模拟（推断：并非节点自身的架构）</translation>
    </message>
    <message>
        <source>%1, cross-building for %2</source>
        <translation>%1，为 %2 交叉构建</translation>
    </message>
    <message>
        <source>: another running build had begun it, this one shares the result</source>
        <translation>：另一个正在运行的构建已先开始，此处共享其结果</translation>
    </message>
    <message>
        <source>: a step below it ran, so its cached result no longer fits</source>
        <translation>：它所依赖的步骤重新运行，缓存结果不再适用</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>用于平台</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>其他平台</translation>
    </message>
    <message>
        <source>In stages</source>
        <translation>所在阶段</translation>
    </message>
    <message>
        <source>Critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>yes: the build waited for this step</source>
        <translation>是：构建在等待此步骤</translation>
    </message>
    <message>
        <source>Builds on</source>
        <translation>依赖于</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>供给</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>传输</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源文件</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>CPU %1 · memory peak %2 · wrote %3</source>
        <translation>CPU %1 · 内存峰值 %2 · 写入 %3</translation>
    </message>
    <message>
        <source>Select a step to see why it took its time, what it waited for and what waits for it.</source>
        <translation>选择一个步骤，查看它为何耗时、等待什么、以及什么在等待它。</translation>
    </message>
    <message>
        <source>Selected step</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::TimelineFooter</name>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>whole build</source>
        <translation>整个构建</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>critical path</source>
        <translation>关键路径</translation>
    </message>
</context>
<context>
    <name>layerline::TimelineHoverCard</name>
    <message>
        <source>needed by %1</source>
        <translation>用于 %1</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>emulated on node %1</source>
        <translation>在节点 %1 上模拟</translation>
    </message>
    <message>
        <source>runs on %1</source>
        <translation>运行于 %1</translation>
    </message>
    <message>
        <source>on node %1</source>
        <translation>在节点 %1 上</translation>
    </message>
    <message>
        <source>on the critical path</source>
        <translation>位于关键路径</translation>
    </message>
    <message>
        <source>has not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; so far</source>
        <translation>已用 &lt;b&gt;%1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>%1 had it cached</source>
        <translation>%1 命中缓存</translation>
    </message>
    <message>
        <source>%1 took %2 (&lt;b&gt;%3&lt;/b&gt;)</source>
        <translation>%1 用时 %2（&lt;b&gt;%3&lt;/b&gt;）</translation>
    </message>
    <message>
        <source>%1 took %2</source>
        <translation>%1 用时 %2</translation>
    </message>
    <message>
        <source>last output %1 ago</source>
        <translation>上次输出在 %1 前</translation>
    </message>
    <message>
        <source>started at %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>%1 of %2 transferred (%3 %)</source>
        <translation>已传输 %1 / %2（%3%）</translation>
    </message>
    <message>
        <source>%1 transferred</source>
        <translation>已传输 %1</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>%1 peak</source>
        <translation>峰值 %1</translation>
    </message>
    <message>
        <source>%1 downloaded</source>
        <translation>已下载 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n input(s)</source>
        <translation>
            <numerusform>%n 个输入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) need it</source>
        <translation>
            <numerusform>%n 个步骤依赖它</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) shown as one</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Double click or G shows them one by one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::TimelineRuler</name>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>缩小（-）</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>Show the whole build (0)</source>
        <translation>显示整个构建（0）</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Show the time of day instead of the time since the start (T)</source>
        <translation>显示时刻而非开始后的时间（T）</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 m %2</source>
        <translation>%1 分 %2</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1 时 %2</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 时</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>layerline::TimelineView</name>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>%1 % cached</source>
        <translation>%1% 来自缓存</translation>
    </message>
    <message>
        <source>did not start</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>failed after %1</source>
        <translation>%1 后失败</translation>
    </message>
    <message>
        <source>cancelled after %1</source>
        <translation>%1 后取消</translation>
    </message>
    <message>
        <source>done %1</source>
        <translation>完成，%1</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>output, up to %1 lines/s</source>
        <translation>输出，最高 %1 行/秒</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>native</source>
        <translation>原生</translation>
    </message>
    <message>
        <source>QEMU %1</source>
        <translation>QEMU %1</translation>
    </message>
    <message>
        <source>QEMU</source>
        <translation>QEMU</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>交叉</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>context %1</source>
        <translation>上下文 %1</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2%</translation>
    </message>
    <message>
        <source>waited %1</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>idle %1</source>
        <translation>空闲 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) more</source>
        <translation>
            <numerusform>另有 %n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>No step has been announced yet</source>
        <translation>尚未收到任何步骤</translation>
    </message>
    <message>
        <source>No build selected</source>
        <translation>未选择构建</translation>
    </message>
    <message>
        <source>Lanes appear as soon as the builder starts its first step.</source>
        <translation>构建器开始第一个步骤后，泳道就会出现。</translation>
    </message>
    <message>
        <source>Choose one in the list: its platforms appear here, a lane each.</source>
        <translation>在列表中选择一个构建：它的每个平台都会在此显示为一条泳道。</translation>
    </message>
    <message>
        <source>steps at once, up to %1</source>
        <translation>同时运行的步骤，最多 %1</translation>
    </message>
    <message>
        <source>%1 · exit code %2</source>
        <translation>%1 · 退出码 %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n step(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>CPU, up to %1 cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transfers, up to %1/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>layerline::WatchedImagesModel</name>
    <message>
        <source>Asking the registry…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s), nothing missing</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is missing in %n tag(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is not what was built in %n tag(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::Words</name>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>&lt;%1 s</source>
        <translation>&lt;%1 秒</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>joined</source>
        <translation>共用</translation>
    </message>
    <message>
        <source>rebuilt</source>
        <translation>重新构建</translation>
    </message>
    <message>
        <source>invalidated</source>
        <translation>失效</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
</TS>
