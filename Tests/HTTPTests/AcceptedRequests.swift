/// Requests that are answered, and every value that is read from them.
let acceptedRequests: [(request: String, reading: String)] = [
  ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "get 1.1 path=/ host=a stays 27"),
  ("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n", "head 1.1 path=/x host=a stays 29"),
  ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "options 1.1 path=* host=a stays 31"),
  ("OPTIONS /x HTTP/1.1\r\nHost: a\r\n\r\n", "options 1.1 path=/x host=a stays 32"),
  ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "get 1.1 path=/ host=a stays 29"),
  ("\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "get 1.1 path=/ host=a stays 35"),
  ("GET /a?b=c?d HTTP/1.1\r\nHost: a\r\n\r\n", "get 1.1 path=/a query=b=c?d host=a stays 34"),
  ("GET /a? HTTP/1.1\r\nHost: a\r\n\r\n", "get 1.1 path=/a query= host=a stays 29"),
  ("GET /%41%20b HTTP/1.1\r\nHost: a\r\n\r\n", "get 1.1 path=/%41%20b host=a stays 34"),
  ("GET /ü HTTP/1.1\r\nHost: a\r\n\r\n", "get 1.1 path=/ü host=a stays 29"),
  ("GET / HTTP/1.1\r\nHost:\r\n\r\n", "get 1.1 path=/ stays 25"),
  ("GET / HTTP/1.1\r\nhOST:a\r\n\r\n", "get 1.1 path=/ host=a stays 26"),
  ("GET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n", "get 1.1 path=/ host=a stays 32"),
  ("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "get 1.1 path=/ host=[::1]:8080 stays 36"),
  ("GET / HTTP/1.1\r\nHost: 10.0.0.1:80\r\n\r\n", "get 1.1 path=/ host=10.0.0.1:80 stays 37"),
  ("GET / HTTP/1.2\r\nHost: a\r\n\r\n", "get 1.1 path=/ host=a stays 27"),
  ("GET / HTTP/1.9\r\nHost: a\r\n\r\n", "get 1.1 path=/ host=a stays 27"),
  ("GET / HTTP/1.0\r\n\r\n", "get 1.0 path=/ closes 18"),
  ("GET / HTTP/1.0\r\nHost: a\r\n\r\n", "get 1.0 path=/ host=a closes 27"),
  (
    "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\nHost: 10.0.0.1\r\nUser-Agent: ApacheBench/2.3\r\nAccept: */*\r\n\r\n",
    "get 1.0 path=/ host=10.0.0.1 userAgent=ApacheBench/2.3 stays 100"
  ),
  (
    "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
    "get 1.0 path=/ closes 49"
  ),
  ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "get 1.1 path=/ host=a closes 46"),
  ("GET / HTTP/1.1\r\nHost: a\r\nConnection: CLOSE\r\n\r\n", "get 1.1 path=/ host=a closes 46"),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade , close\r\n\r\n",
    "get 1.1 path=/ host=a closes 56"
  ),
  (
    "GET / HTTP/1.1\r\nConnection: te\r\nHost: a\r\nConnection: close\r\n\r\n",
    "get 1.1 path=/ host=a closes 62"
  ),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n",
    "get 1.1 path=/ host=a stays 47"
  ),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    "get 1.1 path=/ host=a stays 46"
  ),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "get 1.1 path=/ host=a closes body 46"
  ),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048576\r\n\r\n",
    "get 1.1 path=/ host=a closes body 52"
  ),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
    "get 1.1 path=/ host=a closes body 55"
  ),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n",
    "get 1.1 path=/ host=a closes body 68"
  ),
  ("GET / HTTP/1.0\r\nExpect: the-unknown\r\n\r\n", "get 1.0 path=/ closes 39"),
  ("GET http://a/x?y HTTP/1.1\r\nHost: b\r\n\r\n", "get 1.1 path=/x query=y host=a stays 38"),
  ("GET HTTP://a:80 HTTP/1.1\r\nHost: b\r\n\r\n", "get 1.1 path= host=a:80 stays 37"),
  ("GET https://a?y HTTP/1.1\r\nHost: b\r\n\r\n", "get 1.1 path= query=y host=a stays 37"),
  ("GET http://a/x HTTP/1.0\r\n\r\n", "get 1.0 path=/x host=a closes 27"),
  ("GET // HTTP/1.1\r\nHost: a\r\n\r\n", "get 1.1 path=// host=a stays 28"),
  ("GET /:80 HTTP/1.1\r\nHost: a\r\n\r\n", "get 1.1 path=/:80 host=a stays 30"),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nX-Tab: a\tb\r\nX-Text: ü\r\nX-Empty:\r\n!#$%&'*+-.^_`|~1aZ: x\r\n\r\n",
    "get 1.1 path=/ host=a stays 84"
  ),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\nRange: bytes=2-3\r\n\r\n",
    "get 1.1 path=/ host=a range=+ stays 63"
  ),
  (
    "GET / HTTP/1.1\r\nHost: a\r\nReferer: http://b/\r\nIf-Match: \"x\"\r\nIf-None-Match: *\r\nIf-Range: \"z\"\r\n"
      + "If-Modified-Since: m\r\nIf-Unmodified-Since: u\r\nAccept-Encoding: br\r\nRange: bytes=0-\r\n\r\n",
    "get 1.1 path=/ host=a ifMatch=\"x\" ifNoneMatch=* ifModifiedSince=m ifUnmodifiedSince=u ifRange=\"z\" "
      + "range=bytes=0- acceptEncoding=br referer=http://b/ stays 179"
  ),
  (
    "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\n",
    "get 1.1 path=/ host=a stays 27"
  ),
  // Methods that are understood and not supported, which the server answers with 405.
  (
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", "notAllowed 1.1 path= host=a closes body 47"
  ),
  ("PUT / HTTP/1.1\r\nHost: a\r\n\r\n", "notAllowed 1.1 path= host=a stays 27"),
  ("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", "notAllowed 1.1 path= host=a stays 30"),
  ("PATCH / HTTP/1.1\r\nHost: a\r\n\r\n", "notAllowed 1.1 path= host=a stays 29"),
  ("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", "notAllowed 1.1 path= host=a stays 29"),
  ("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", "notAllowed 1.1 path= host=a:443 stays 39"),
]
