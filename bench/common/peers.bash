# The servers that people use, each at its best on one core: one worker (threads where it has no other way), no log,
# connections that may stay for ever, files in the page cache or in its own. Sourced behind bench.bash.
# Each is started in a namespace of its own at 10.8.NUMBER.2: NAME_over_veth NUMBER.

# Apache with the event MPM, one process: apache_over_veth NUMBER SENDFILE (On or Off).
apache_over_veth() {
  local root=$folder/apache$1
  mkdir -p "$root"
  cat >"$root/httpd.conf" <<TEXT
ServerRoot $root
PidFile $root/pid
Mutex pthread
ErrorLog $folder/servers.log
LogLevel crit
ServerName 10.8.$1.2
Listen 80
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
TypesConfig /etc/mime.types
StartServers 1
ServerLimit 1
ThreadsPerChild 64
ThreadLimit 64
MaxRequestWorkers 64
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 60
ListenBackLog 4096
EnableSendfile $2
EnableMMAP On
DocumentRoot $folder/site
User www-data
Group www-data
<Directory $folder/site>
  Require all granted
  Options None
  AllowOverride None
</Directory>
TEXT
  over_veth "$1" /usr/sbin/apache2 -f "$root/httpd.conf" -DFOREGROUND
}

# lighttpd, one process, with its own cache of stat results: lighttpd_over_veth NUMBER.
lighttpd_over_veth() {
  cat >"$folder/lighttpd$1.conf" <<TEXT
server.document-root = "$folder/site"
server.port = 80
server.bind = "0.0.0.0"
server.username = "www-data"
server.groupname = "www-data"
server.max-keep-alive-requests = 100000000
server.max-keep-alive-idle = 60
server.max-fds = 8192
server.max-connections = 4096
server.listen-backlog = 4096
server.network-backend = "sendfile"
mimetype.assign = ( ".html" => "text/html" )
TEXT
  over_veth "$1" lighttpd -D -f "$folder/lighttpd$1.conf"
}

# h2o, one thread: h2o_over_veth NUMBER.
h2o_over_veth() {
  cat >"$folder/h2o$1.conf" <<TEXT
user: www-data
num-threads: 1
max-connections: 4096
tcp-fastopen: 0
http1-request-timeout: 60
error-log: $folder/servers.log
listen:
  host: 0.0.0.0
  port: 80
hosts:
  default:
    paths:
      /:
        file.dir: $folder/site
TEXT
  over_veth "$1" h2o -c "$folder/h2o$1.conf"
}

# Squid as an accelerator that answers from its memory, before an nginx which it asks once: squid_over_veth NUMBER.
squid_over_veth() {
  local root=$folder/squid$1
  mkdir -p "$root"
  chown proxy "$root"
  cat >"$root/origin.conf" <<TEXT
daemon off; worker_processes 1; pid $root/origin.pid; error_log $folder/servers.log;
events { worker_connections 64; }
http { access_log off; default_type text/html; server { listen 8080; root $folder/site; expires max; } }
TEXT
  cat >"$root/squid.conf" <<TEXT
http_port 80 accel defaultsite=site no-vhost
cache_peer 127.0.0.1 parent 8080 0 no-query originserver name=origin
acl all_of_it src all
http_access allow all_of_it
cache_peer_access origin allow all_of_it
cache_mem 256 MB
maximum_object_size_in_memory 200 MB
maximum_object_size 200 MB
memory_cache_mode always
access_log none
cache_log $root/cache.log
cache_store_log none
pid_filename $root/squid.pid
coredump_dir $root
client_persistent_connections on
server_persistent_connections on
via off
forwarded_for delete
workers 1
shutdown_lifetime 0 seconds
visible_hostname site
pinger_enable off
TEXT
  # shellcheck disable=SC2016
  over_veth "$1" bash -c 'nginx -c "$1/origin.conf" & exec squid --foreground -f "$1/squid.conf"' bash "$root"
}
